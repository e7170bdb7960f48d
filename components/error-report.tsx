import { Trouble } from './trouble'
import { Button } from './ui/button'

/** Says that it failed, what to do, and under which reference the log has the cause. */
export function ErrorReport({ error, retry }: { error: unknown; retry: () => void }) {
  const reference = error instanceof Error && 'digest' in error ? String(error.digest) : null
  return (
    <Trouble title="Something went wrong">
      <p>This page could not be shown. Your posts and your credits are as they were.</p>
      <Button onClick={retry}>Try again</Button>
      {reference && (
        <p className="font-sans text-sm text-soft">
          If you report this, please give the reference{' '}
          <code className="font-mono text-ink">{reference}</code>.
        </p>
      )}
    </Trouble>
  )
}
