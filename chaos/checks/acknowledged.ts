import type { Ask } from '../database'
import type { Ack, Journal, Outcome, Reading } from '../load/journal'
import type { Violation } from './violation'

type Stored = Required<{ [Field in keyof Outcome]: Exclude<Outcome[Field], null> | null }> & { id: string }

/** Whether the database still says what callers were told: nothing acknowledged is lost, or has changed. */
export async function checkAcknowledged(ask: Ask, journal: Journal): Promise<Violation[]> {
  const stored = new Map((await readGenerations(ask)).map((row) => [row.id, row]))
  const chunks = await readChunks(ask)
  return [
    ...each('lost', 'an acknowledged generation is missing', missing(journal, stored)),
    ...each('lost', 'an acknowledged post is missing or doubled', await wrongPosts(ask, journal)),
    ...each('M9', 'an acknowledged grant was not given once', await wrongGrants(ask, journal)),
    ...each(
      'answer',
      'an answer differs from what is stored',
      journal.acks.filter(differs(stored)).map(tell),
    ),
    ...each('M5', 'one attempt key was answered with two generations', twoIds(journal)),
    ...each('M5', 'an accepted attempt key was refused afterwards', refusedLater(journal)),
    ...each(
      'text',
      'a stream showed what is not stored',
      journal.readings.filter(misread(chunks)).map(tellReading(chunks)),
    ),
    ...each('text', 'a stream had no end where nothing broke', endless(journal)),
    ...each('answer', 'an error of the server where nothing broke', errors(journal)),
    ...each(
      'answer',
      'an answer that no fault excuses',
      journal.surprises.map((it) => `${it.what}: ${it.detail}`),
    ),
  ]
}

function each(invariant: string, what: string, found: string[]): Violation[] {
  if (found.length === 0) return []
  return [{ invariant, what: `${what} (${found.length})`, ids: found.slice(0, 5) }]
}

function missing(journal: Journal, stored: Map<string, Stored>): string[] {
  return journal.acks.flatMap(({ id }) => (id && !stored.has(id) ? [id] : []))
}

/** A null in an outcome is what the answer did not carry. */
function differs(stored: Map<string, Stored>) {
  return ({ id, outcome }: Ack): boolean => {
    const row = id && outcome ? stored.get(id) : undefined
    if (!row || !outcome) return false
    const fields = Object.keys(outcome) as (keyof Outcome)[]
    return fields.some((field) => outcome[field] !== null && outcome[field] !== row[field])
  }
}

function tell({ id, outcome }: Ack): string {
  return `${id} ${JSON.stringify({ ...outcome, result: outcome?.result?.length })}`
}

function tellReading(stored: Map<string, string[]>) {
  return ({ id, after, chunks, ended }: Reading): string =>
    `${id}: after ${after} came ${chunks.map(({ seq }) => seq).join(' ') || 'nothing'}${ended ? ', and the end' : ''}, ` +
    `stored are ${stored.get(id)?.length ?? 0}`
}

function byKey(journal: Journal): Ack[][] {
  const groups = Map.groupBy(
    journal.acks.filter(({ key }) => key !== null),
    ({ subject, key }) => `${subject} ${key}`,
  )
  return [...groups.values()]
}

function twoIds(journal: Journal): string[] {
  return byKey(journal).flatMap((acks) => {
    const ids = new Set(acks.flatMap(({ id }) => id ?? []))
    return ids.size > 1 ? [[...ids].join(' ')] : []
  })
}

const REFUSALS = new Set(['insufficient_credits', 'daily_limit', 'spend_cap', 'key_reused'])

/**
 * A refusal of a request that was sent after the same had been accepted. While things break a form's may be a
 * database away, and others, too; after that every request must find what it made.
 */
function refusedLater(journal: Journal): string[] {
  return byKey(journal).flatMap((acks) => {
    const accepted = Math.min(...acks.filter(({ id }) => id).map(({ answeredAt }) => answeredAt))
    const later = acks.find(
      ({ id, code, sentAt }) =>
        id === null &&
        sentAt > accepted &&
        (sentAt >= journal.calmSince || (code !== null && REFUSALS.has(code))),
    )
    return later ? [`${later.key} ${later.code}`] : []
  })
}

function endless({ readings, calmSince }: Journal): string[] {
  return readings.filter(({ sentAt, ended }) => sentAt >= calmSince && !ended).map(({ id }) => id)
}

/** A generation's own failure is not the server's: it names the generation. */
function errors({ acks, calmSince }: Journal): string[] {
  const found = acks.filter(({ id, http, sentAt }) => sentAt >= calmSince && id === null && http >= 500)
  return found.map(({ subject, body, code }) => `${code} for ${subject}: ${body}`)
}

/** Every delta is the stored chunk of its number, from where the reader had been on, none left out or doubled. */
function misread(stored: Map<string, string[]>) {
  return ({ id, after, chunks, ended }: Reading): boolean => {
    const all = stored.get(id) ?? []
    const wrong = chunks.some(({ seq, text }, n) => seq !== after + n + 1 || text !== all[seq - 1])
    return wrong || (ended && after + chunks.length !== Math.max(after, all.length))
  }
}

async function readGenerations(ask: Ask): Promise<Stored[]> {
  return ask(`SELECT g.id, status, held, charged, coalesce(e.balance, 0) AS balance, coalesce(c.result, '') AS result
    FROM generations g
    LEFT JOIN ledger_entries e ON e.generation_id = g.id AND e.kind IN ('settle', 'release')
    LEFT JOIN LATERAL (SELECT string_agg(text, '' ORDER BY seq) AS result FROM generation_chunks
      WHERE generation_id = g.id) c ON true`)
}

async function readChunks(ask: Ask): Promise<Map<string, string[]>> {
  const rows = await ask<{ id: string; chunks: string[] }>(
    'SELECT generation_id AS id, array_agg(text ORDER BY seq) AS chunks FROM generation_chunks GROUP BY 1',
  )
  return new Map(rows.map(({ id, chunks }) => [id, chunks]))
}

async function wrongPosts(ask: Ask, { posts }: Journal): Promise<string[]> {
  const rows = await ask<{ title: string; ids: string[] }>(
    'SELECT title, array_agg(id::text) AS ids FROM posts GROUP BY title',
  )
  const byTitle = new Map(rows.map(({ title, ids }) => [title, ids.join(' ')]))
  return posts.filter(({ id, title }) => byTitle.get(title) !== id).map(({ id }) => id)
}

async function wrongGrants(ask: Ask, { grants }: Journal): Promise<string[]> {
  const rows = await ask<{ name: string; n: number }>(
    `SELECT user_id || ' ' || ref AS name, count(*)::int AS n FROM ledger_entries WHERE ref IS NOT NULL GROUP BY 1`,
  )
  const given = new Map(rows.map(({ name, n }) => [name, n]))
  return grants.map(({ userId, ref }) => `${userId} ${ref}`).filter((name) => given.get(name) !== 1)
}
