/** Where a post or a generation stands. The word says it; the colour only helps to find it. */
export function Badge({ status }: { status: Status }) {
  const { label, look } = statuses[status]
  return (
    <span
      className={`inline-flex items-center gap-1.5 rounded-full border border-current/25 px-2.5 py-0.5 text-xs font-medium whitespace-nowrap ${look}`}
    >
      {status === 'running' && (
        <span aria-hidden="true" className="size-1.5 animate-pulse rounded-full bg-current" />
      )}
      {label}
    </span>
  )
}

export type Status = keyof typeof statuses

const statuses = {
  draft: { label: 'Draft', look: 'text-soft' },
  published: { label: 'Published', look: 'bg-good-wash text-good' },
  running: { label: 'Running', look: 'bg-wash text-accent' },
  succeeded: { label: 'Succeeded', look: 'bg-good-wash text-good' },
  stopped: { label: 'Stopped', look: 'bg-warn-wash text-warn' },
  failed: { label: 'Failed', look: 'bg-danger-wash text-danger' },
}
