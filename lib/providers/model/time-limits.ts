/**
 * Ends work that takes too long, or that falls silent once it has begun: the signal aborts with a TimeoutError.
 * It aborts with `parent`, too.
 *
 * @param totalMs for all of it
 * @param stallMs between two signs of life; counted from the first, because some models take long to begin
 */
export function timeLimits(parent: AbortSignal, { totalMs, stallMs }: { totalMs: number; stallMs: number }) {
  const controller = new AbortController()
  const tooLate = (what: string) => () => controller.abort(new DOMException(what, 'TimeoutError'))
  const quit = () => controller.abort(parent.reason)
  const total = setTimeout(tooLate('it took too long'), totalMs)
  let stall: NodeJS.Timeout | undefined
  parent.addEventListener('abort', quit, { once: true })
  if (parent.aborted) quit()
  return {
    signal: controller.signal,
    /** It lives: the silence begins anew. */
    alive(): void {
      stall ??= setTimeout(tooLate('it fell silent'), stallMs)
      stall.refresh()
    },
    /** Nothing is waited for any more, and whatever still hangs on the signal is let go. */
    end(): void {
      clearTimeout(total)
      clearTimeout(stall)
      parent.removeEventListener('abort', quit)
      controller.abort()
    },
  }
}
