import { createContext, Script } from 'node:vm'

const context = createContext({ work: (): void => {} })
const script = new Script('work()')

/**
 * Does work that does not wait for anything, and breaks it off where it takes too long: meanwhile nothing else is done by
 * this process.
 *
 * @param ms wall time.
 * @returns what the work comes to, or null if it was broken off.
 * @throws whatever the work throws.
 */
export function withinTime<Value>(ms: number, work: () => Value): Value | null {
  let done: { value: Value } | null = null
  context.work = () => {
    done = { value: work() }
  }
  try {
    script.runInContext(context, { timeout: ms })
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ERR_SCRIPT_EXECUTION_TIMEOUT') return null
    throw error
  }
  return done && (done as { value: Value }).value
}
