import { EventEmitter } from 'node:events'
import pg from 'pg'
import type { Connection } from '@/lib/db'

/**
 * What happens on any instance is heard on all: `NOTIFY inkwell, '<topic>'` in the statement that makes
 * it true, one listening connection an instance. Topics: `chunk:<id>`, `ended:<id>`, `stop:<id>`.
 *
 * A notice only says "look now". Whoever waits also looks from time to time, so a lost one costs a
 * moment, never the truth.
 */
const holder = globalThis as typeof globalThis & { inkwellEvents?: EventEmitter }

function emitter(): EventEmitter {
  holder.inkwellEvents ??= new EventEmitter().setMaxListeners(0)
  return holder.inkwellEvents
}

/** Calls `heard` at each notice of the topic, until the answer is called. */
export function subscribe(topic: string, heard: () => void): () => void {
  emitter().on(topic, heard)
  return () => emitter().off(topic, heard)
}

/** A notice may name several of a kind: `chunk:<id>,<id>`. */
function tell(payload: string): void {
  const [kind, ids = ''] = payload.split(':')
  for (const id of ids.split(',')) emitter().emit(`${kind}:${id}`)
}

/** How often a connection on which nothing is heard is tried, and how long it may take to answer, in milliseconds. */
const ALIVE = { every: 10_000, within: 5_000 }

/** Listens until the answer is called; a connection that breaks, or is deaf, is made anew. */
export function listen(
  connection: Connection,
  onError: (error: Error) => void,
  alive = ALIVE,
): () => Promise<void> {
  let stopped = false
  let client: pg.Client | undefined
  let timer: NodeJS.Timeout | undefined
  let trying: NodeJS.Timeout | undefined

  async function connect(): Promise<void> {
    const current = new pg.Client({
      ...connection,
      application_name: 'inkwell listener',
      connectionTimeoutMillis: alive.within,
      query_timeout: alive.within,
      keepAlive: true,
    })
    client = current
    current.on('error', onError)
    current.on('end', again)
    current.on('notification', ({ payload = '' }) => tell(payload))
    await current.connect()
    await current.query('LISTEN inkwell')
    // A host that has vanished closes nothing, and would be listened to for ever.
    trying = setInterval(() => current.query('SELECT 1').catch(failed), alive.every).unref()
  }

  function again(): void {
    clearInterval(trying)
    if (stopped) return
    clearTimeout(timer)
    timer = setTimeout(() => connect().catch(failed), 500)
    timer.unref()
  }

  function failed(error: Error): void {
    onError(error)
    client?.removeListener('end', again)
    client?.end().catch(() => {})
    again()
  }

  connect().catch(failed)
  return async () => {
    stopped = true
    clearTimeout(timer)
    clearInterval(trying)
    await client?.end().catch(() => {})
  }
}
