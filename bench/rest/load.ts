import { readFileSync } from 'node:fs'
import autocannon from 'autocannon'

/** A call as each of the callers makes it, over and over, on a connection of its own. */
export type Load = {
  method: 'GET' | 'POST'
  path: string
  /** The status that every answer must have. */
  status: number
  /** The headers of the caller with this number. */
  headers?: (caller: number) => Record<string, string>
  /** A new body for each call. */
  body?: () => string
}

/**
 * Requests a second, the 99th percentile of their latencies, and the time that a processor spent for the server's process
 * on each; both in milliseconds. The last one is hardly touched by what else the machine does.
 */
export type Figures = { rate: number; p99: number; cpu: number }

/** Where a server is, and which process it is. */
export type Server = { url: string; pid: number }

/** @throws Error if any answer is not what the load expects. */
export async function run(
  { url, pid }: Server,
  load: Load,
  callers: number,
  seconds: number,
): Promise<Figures> {
  let caller = 0
  const before = processorMs(pid)
  const result = await autocannon({
    url,
    connections: callers,
    duration: seconds,
    setupClient(client) {
      const headers = { 'Content-Type': 'application/json', ...load.headers?.(caller++) }
      const { method, path, body } = load
      client.setRequests([
        {
          method,
          path,
          headers,
          ...(body ? { setupRequest: (request: autocannon.Request) => ({ ...request, body: body() }) } : {}),
        },
      ])
    },
  })
  const cpu = (processorMs(pid) - before) / result.requests.total
  const answers = Object.entries(result.statusCodeStats ?? {})
  const others = answers.filter(([status]) => Number(status) !== load.status)
  if (result.errors > 0 || others.length > 0 || answers.length === 0)
    throw new Error(
      `${load.method} ${url}${load.path}: ${result.errors} errors, ${JSON.stringify(result.statusCodeStats)}`,
    )
  return { rate: result.requests.total / result.duration, p99: result.latency.p99, cpu }
}

/** What Linux has counted for a process, in its ticks of 10 ms; NaN where there is no /proc. */
function processorMs(pid: number): number {
  try {
    // The name, in parentheses, may hold spaces; user and system time are the 14th and 15th field.
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)?.split(' ') ?? []
    return (Number(fields[11]) + Number(fields[12])) * 10
  } catch {
    return Number.NaN
  }
}
