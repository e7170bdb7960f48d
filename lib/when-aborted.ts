/** Calls `then` when the signal aborts, also if it has by now, until the answer is called. */
export function whenAborted(signal: AbortSignal, then: () => void): () => void {
  signal.addEventListener('abort', then)
  if (signal.aborted) then()
  return () => signal.removeEventListener('abort', then)
}
