'use client'

import { useStream } from './use-stream'

type StreamProps = {
  id: string
  /** What had arrived when the server rendered the page. */
  initialText: string
  status: 'running' | 'succeeded' | 'stopped' | 'failed'
}

/**
 * The text of a generation, as it arrives. The server renders what there is; where there is JavaScript
 * the rest is streamed in, and the page is asked again once it has ended, for its receipt.
 */
export function GenerationStream({ id, initialText, status }: StreamProps) {
  const { text, lost } = useStream(id, initialText, status === 'running')
  return (
    <section aria-label="Generated text" aria-busy={status === 'running'}>
      {/* Only the beginning and the end are announced: read out token by token, no text can be followed. */}
      <p aria-live="polite" className="mb-3 text-sm text-soft">
        {lost ? 'The connection was lost. Trying again; nothing is lost meanwhile.' : said[status]}
      </p>
      <div className={`prose whitespace-pre-wrap ${status === 'running' ? 'caret' : ''}`}>{text}</div>
    </section>
  )
}

const said = {
  running: 'Writing. You may close this page: it goes on, and will be here when you come back.',
  succeeded: 'Finished.',
  stopped: 'Stopped. This is what had arrived.',
  failed: 'It failed. This is what had arrived, and nothing was charged.',
}
