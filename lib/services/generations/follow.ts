import { asUnavailable } from '@/lib/db-errors'
import { notFound } from '@/lib/errors'
import { subscribe } from '@/lib/events'
import { isId } from '@/lib/ids'
import type { GenerationStatus } from '@/lib/schemas/generations'
import type { Chunk } from '@/lib/services/generations/chunks'
import { findLiveText, type LiveText } from '@/lib/services/generations/live-text'
import { ownedBy, type Subject } from '@/lib/services/subject'
import { query, sql } from '@/lib/sql'
import { whenAborted } from '@/lib/when-aborted'

/** How long to wait for a notice before looking anyway, in milliseconds. */
const LOOK_ANYWAY_MS = 1_000
/** How long a reader waits for a database that is away, in milliseconds: a restart takes less. */
const OUTAGE_MS = 10_000

/**
 * The chunks after `after`, those to come included, until the generation has ended. It reads only what is
 * stored, so any instance can serve it: the one that runs it from memory, any other from the database. A reader
 * that is slow is simply asked less often.
 *
 * @throws AppError `not_found`; the signal's reason when it aborts.
 */
export async function* follow(
  subject: Subject,
  id: string,
  after: number,
  signal: AbortSignal,
): AsyncGenerator<Chunk, void, void> {
  const alarm = new Alarm()
  const quiet = [
    subscribe(`chunk:${id}`, alarm.ring),
    subscribe(`ended:${id}`, alarm.ring),
    whenAborted(signal, alarm.ring),
  ]
  try {
    for (let seen = after; ; ) {
      const live = findLiveText(subject, id)
      if (live) {
        for await (const chunk of followLive(live, seen, alarm, signal)) {
          yield chunk
          seen = chunk.seq
        }
        if (live.ended === 'whole') return
      }
      const { status, chunks } = await lookPatiently(subject, id, seen, signal)
      for (const chunk of chunks) {
        yield chunk
        seen = chunk.seq
      }
      if (status !== 'running') return
      await alarm.wait(LOOK_ANYWAY_MS)
      signal.throwIfAborted()
    }
  } finally {
    for (const unsubscribe of quiet) unsubscribe()
  }
}

async function* followLive(
  live: LiveText,
  after: number,
  alarm: Alarm,
  signal: AbortSignal,
): AsyncGenerator<Chunk, void, void> {
  const quiet = live.onChange(alarm.ring)
  try {
    for (let seen = after; ; ) {
      for (let text = live.chunks[seen]; text !== undefined; text = live.chunks[seen]) {
        seen++
        yield { seq: seen, text }
      }
      if (live.ended) return
      await alarm.wait()
      signal.throwIfAborted()
    }
  } finally {
    quiet()
  }
}

/** The work goes on while the database restarts, and so does whoever waits for it. */
async function lookPatiently(subject: Subject, id: string, after: number, signal: AbortSignal) {
  const patience = performance.now() + OUTAGE_MS
  for (;;) {
    try {
      return await look(subject, id, after)
    } catch (error) {
      const away = asUnavailable(error) !== error
      if (!away || signal.aborted || performance.now() > patience) throw error
      await new Promise((resolve) => setTimeout(resolve, LOOK_ANYWAY_MS / 2))
    }
  }
}

/** Status and chunks from one snapshot: a chunk stored before the end is never missed. */
async function look(
  subject: Subject,
  id: string,
  after: number,
): Promise<{ status: GenerationStatus; chunks: Chunk[] }> {
  if (!isId(id)) throw notFound('generation')
  const [row] = await query<{ status: GenerationStatus; chunks: Chunk[] | null }>(sql`
    SELECT g.status, (
      SELECT json_agg(json_build_object('seq', seq, 'text', text) ORDER BY seq)
      FROM generation_chunks WHERE generation_id = g.id AND seq > ${after}::bigint
    ) AS chunks
    FROM generations g WHERE g.id = ${id} AND ${ownedBy(subject)}`)
  if (!row) throw notFound('generation')
  return { status: row.status, chunks: row.chunks ?? [] }
}

/** Remembers a ring that came while nobody waited. */
class Alarm {
  private rang = false
  private wake: (() => void) | undefined

  ring = (): void => {
    this.rang = true
    this.wake?.()
  }

  /** Until it rings, or for so many milliseconds. */
  async wait(milliseconds?: number): Promise<void> {
    if (!this.rang) {
      await new Promise<void>((resolve) => {
        const timer = milliseconds === undefined ? undefined : setTimeout(resolve, milliseconds)
        this.wake = () => {
          clearTimeout(timer)
          resolve()
        }
      })
    }
    this.rang = false
    this.wake = undefined
  }
}
