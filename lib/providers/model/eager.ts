/**
 * An iterable whose source runs at its own pace and ends the moment the consumer stops.
 *
 * What has come is queued until it is asked for: the SDK counts the time that a consumer spends on a piece
 * (writing it to a database, say) as the model's silence, and drops queued pieces when the connection breaks.
 *
 * And a generator's own `return()` would wait for the `next()` under way, which may be a model that hangs;
 * here `return()`, like `signal`, aborts the signal that `run` is given. An abort throws the reason of `signal`
 * and drops what is queued; a failure of the source comes after all that came before it.
 */
export function eager<T>(
  signal: AbortSignal,
  run: (signal: AbortSignal) => AsyncIterable<T>,
): AsyncIterable<T> {
  return {
    [Symbol.asyncIterator]() {
      const left = new AbortController()
      const queue: T[] = []
      let pumping = false
      let outcome: { failed: boolean; error?: unknown } | null = null
      let waiting: (() => void)[] = []

      const changed = () => {
        for (const wake of waiting) wake()
        waiting = []
      }

      async function pump() {
        try {
          for await (const item of run(AbortSignal.any([signal, left.signal]))) {
            queue.push(item)
            changed()
          }
          outcome = { failed: false }
        } catch (error) {
          outcome = { failed: true, error }
        }
        changed()
      }

      return {
        async next(): Promise<IteratorResult<T, undefined>> {
          if (!pumping) void pump()
          pumping = true
          while (!left.signal.aborted) {
            signal.throwIfAborted()
            const [item] = queue.splice(0, 1)
            if (item !== undefined) return { done: false, value: item }
            if (outcome?.failed) throw outcome.error
            if (outcome) break
            await new Promise<void>((wake) => waiting.push(wake))
          }
          return { done: true, value: undefined }
        },
        async return(): Promise<IteratorResult<T, undefined>> {
          left.abort()
          changed()
          return { done: true, value: undefined }
        },
      }
    },
  }
}
