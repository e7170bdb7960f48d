type Follower = {
  /** The text as far as it has come. A stream that is attached anew tells it from its beginning. */
  onText: (text: string) => void
  /** Whether the connection is lost. It is tried again either way. */
  onLost: (lost: boolean) => void
  /** It has ended, or is not there for whoever asks. Told again after a while, until it is followed no more. */
  onEnd: () => void
}

/**
 * Follows a running generation. EventSource reconnects by itself after a drop and says where it had got
 * to (`Last-Event-ID`). What it does not survive is an HTTP error, nor does it say which: then we ask
 * over plain HTTP, and attach anew.
 *
 * @returns what ends the following, and nothing else.
 */
export function followGeneration(id: string, { onText, onLost, onEnd }: Follower): () => void {
  const url = `/api/generate/${id}`
  let source: EventSource | undefined
  let received = ''
  let wait = FIRST_WAIT
  let timer: ReturnType<typeof setTimeout> | undefined
  let frame = 0
  let left = false

  function attach() {
    received = ''
    source = new EventSource(url)
    source.addEventListener('open', () => {
      wait = FIRST_WAIT
      onLost(false)
    })
    source.addEventListener('delta', (event) => {
      received += JSON.parse(event.data).text
      // However many deltas there are in a frame, the page is drawn once.
      frame ||= requestAnimationFrame(draw)
    })
    source.addEventListener('done', end)
    // The server's own event `error` and a failed connection come under the same name.
    source.addEventListener('error', (event) => (event instanceof MessageEvent ? end() : drop()))
  }

  function draw() {
    frame = 0
    onText(received)
  }

  function end() {
    source?.close()
    onEnd()
    // Should the page still say that it runs, we ask again; if not, nobody follows by then.
    if (!left) askLater()
  }

  function drop() {
    if (left) return
    onLost(true)
    if (source?.readyState === EventSource.CLOSED) askLater()
  }

  function askLater() {
    timer = setTimeout(ask, wait)
    wait = Math.min(wait * 2, LAST_WAIT)
  }

  /** Ended, gone or signed out: the page knows what to say. Still running: attach. No answer: later. */
  async function ask() {
    const answer = await fetch(url, { headers: { Accept: 'application/json' } }).catch(() => null)
    if (!answer || answer.status >= 500 || answer.status === 429) return drop()
    const running = answer.ok && (await answer.json()).status === 'running'
    if (left) return
    if (running) attach()
    else end()
  }

  attach()
  return () => {
    left = true
    source?.close()
    clearTimeout(timer)
    cancelAnimationFrame(frame)
  }
}

/** Of two states of one text, of which one is always the beginning of the other. */
export function later(one: string, other: string) {
  return other.length > one.length ? other : one
}

const FIRST_WAIT = 1_000
const LAST_WAIT = 30_000
