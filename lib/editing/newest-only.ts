/**
 * Does `work` for one input at a time. What is asked for meanwhile waits, and of several only the newest: an answer is
 * never overtaken by an older one, and a slow server has one thing to do.
 *
 * @param work must not throw.
 */
export function newestOnly<Input, Output>(
  work: (input: Input) => Promise<Output>,
  done: (output: Output) => void,
): (input: Input) => void {
  let waiting: { input: Input } | null = null
  let busy = false
  async function go(): Promise<void> {
    busy = true
    for (let next = waiting; next; next = waiting) {
      waiting = null
      done(await work(next.input))
    }
    busy = false
  }
  return (input) => {
    waiting = { input }
    if (!busy) go()
  }
}
