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

/** Requests a second, and the 99th percentile of their latencies in milliseconds. */
export type Figures = { rate: number; p99: number }

/** @throws Error if any answer is not what the load expects. */
export async function run(url: string, load: Load, callers: number, seconds: number): Promise<Figures> {
  let caller = 0
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
  const answers = Object.entries(result.statusCodeStats ?? {})
  const others = answers.filter(([status]) => Number(status) !== load.status)
  if (result.errors > 0 || others.length > 0 || answers.length === 0)
    throw new Error(
      `${load.method} ${url}${load.path}: ${result.errors} errors, ${JSON.stringify(result.statusCodeStats)}`,
    )
  return { rate: result.requests.total / result.duration, p99: result.latency.p99 }
}
