import { Button } from '@/components/ui/button'
import type { Picture } from './use-pictures'

/** The pictures that are on their way into the text, and those that did not arrive. */
export function PictureList({ pictures }: { pictures: readonly Picture[] }) {
  return (
    <ul aria-live="polite" className="mt-2 flex flex-col gap-2 empty:hidden">
      {pictures.map(({ id, name, share, trouble, cancel }) => (
        <li key={id} className="flex flex-wrap items-center gap-x-4 gap-y-1 text-sm">
          {trouble === null ? (
            <>
              <progress value={share} aria-label={`Uploading ${name}`} className="w-32" />
              <span className="min-w-0 truncate">{name}</span>
              <Button size="sm" variant="quiet" onClick={cancel}>
                Cancel
              </Button>
            </>
          ) : (
            <>
              <span className="min-w-0 text-danger">
                <b className="font-medium">{name}</b> was not put into the text. {trouble}
              </span>
              <Button size="sm" variant="quiet" onClick={cancel}>
                Dismiss
              </Button>
            </>
          )}
        </li>
      ))}
    </ul>
  )
}
