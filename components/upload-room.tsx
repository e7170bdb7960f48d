import { Meter } from '@/components/ui/meter'
import { formatBytes } from '@/lib/bytes'
import type { UploadRoom as Room } from '@/lib/services/uploads'

/** How much of the room for uploads is used. */
export function UploadRoom({ room: { used, allowed } }: { room: Room }) {
  if (allowed === null) return <p className="mb-6 text-soft">{formatBytes(used)} used.</p>
  return (
    <div className="mb-6 flex max-w-measure flex-col gap-1">
      <p>
        {formatBytes(used)} of {formatBytes(allowed)} used
      </p>
      <Meter label="Room for uploads" value={used} max={allowed} />
    </div>
  )
}
