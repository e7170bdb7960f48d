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

/** Listens until the answer is called; a connection that breaks is made anew. */
export function listen(connection: Connection, onError: (error: Error) => void): () => Promise<void> {
  let stopped = false
  let client: pg.Client | undefined
  let timer: NodeJS.Timeout | undefined

  async function connect(): Promise<void> {
    const current = new pg.Client({ ...connection, application_name: 'inkwell listener' })
    client = current
    current.on('error', onError)
    current.on('end', again)
    current.on('notification', ({ payload = '' }) => tell(payload))
    await current.connect()
    await current.query('LISTEN inkwell')
  }

  function again(): void {
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
    await client?.end().catch(() => {})
  }
}
