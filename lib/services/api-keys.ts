import { db } from '@/lib/db'
import { notFound } from '@/lib/errors'
import { isId, newId } from '@/lib/ids'
import { log } from '@/lib/log'
import type { NewApiKey, Scope } from '@/lib/schemas/api-keys'
import { hashOf, isWellFormed, newKey, prefixOf } from '@/lib/services/key-format'
import type { Viewer } from '@/lib/services/viewer'
import { query, type Sql, sql } from '@/lib/sql'

/** Makes a key for the viewer. The key itself is in the answer and nowhere else: only its hash is stored. */
export async function createApiKey(viewer: Viewer, input: NewApiKey): Promise<{ id: string; key: string }> {
  const key = newKey()
  const id = newId()
  // Without an expiry the sum is null. By the database's clock, which is the one that it is compared with.
  await query(sql`
    INSERT INTO api_keys (id, user_id, name, prefix, hash, scopes, expires_at, budget)
    VALUES (${id}, ${viewer.userId}, ${input.name}, ${prefixOf(key)}, ${hashOf(key)}, ${[...new Set(input.scopes)]},
      now() + ${input.expiresInDays || null}::int * interval '1 day', ${input.budget})`)
  return { id, key }
}

/**
 * Replaces a key by a new one that may do the same. The one before goes on working for a while, so that whoever
 * uses it has time to change over; one that was replaced earlier ends.
 *
 * @param overlapHours how long the one before goes on working; never beyond the expiry of the key
 * @returns the new key, which is not shown again.
 * @throws AppError `not_found`.
 */
export async function rotateApiKey(
  viewer: Viewer,
  id: string,
  overlapHours: number,
): Promise<{ key: string; name: string }> {
  if (!isId(id)) throw notFound('key')
  const key = newKey()
  const [row] = await query<{ name: string }>(sql`
    UPDATE api_keys SET hash = ${hashOf(key)}, prefix = ${prefixOf(key)}, previous_hash = hash,
      previous_until = now() + ${overlapHours}::int * interval '1 hour'
    WHERE id = ${id} AND user_id = ${viewer.userId} AND ${alive()} RETURNING name`)
  if (!row) throw notFound('key')
  return { key, name: row.name }
}

/**
 * Who each of these keys speaks for, and in the same statement whatever is counted for each use of them.
 *
 * @param keys as they were sent; one that was sent several times is used as often.
 * @param counting that part of the statement, which answers a row for each `subject`, the id of a key. It is given a
 *   query of the ids of the good keys and how often each is used.
 * @returns in the order of the keys; null for one that there is not, that was revoked, or has expired.
 */
export async function findApiKeys<Counted extends { subject: string }>(
  keys: readonly string[],
  counting: (uses: Sql) => Sql,
): Promise<({ viewer: Viewer; counted: Counted } | null)[]> {
  const hashes = keys.map((key) => (isWellFormed(key) ? hashOf(key) : null))
  const sent = hashes.filter((hash) => hash !== null)
  if (sent.length === 0) return keys.map(() => null)
  const rows = await query<KeyRow & Counted>(sql`
    WITH sent AS (
      SELECT hash, count(*) AS times FROM unnest(${sent}::bytea[]) AS of (hash) GROUP BY hash
    ), good AS (
      SELECT sent.hash AS sent, times, k.* FROM sent JOIN api_keys k ON k.hash = sent.hash
      UNION ALL
      SELECT sent.hash AS sent, times, k.* FROM sent
      JOIN api_keys k ON k.previous_hash = sent.hash AND k.previous_until > now()
    ), holder AS (
      SELECT sent, times, u.id AS "userId", u.email, u.name, u.role, u.tier, good.id AS "keyId", scopes,
        budget IS NOT NULL AS "hasBudget",
        last_used_at IS NULL OR last_used_at < now() - interval '1 minute' AS stale
      FROM good JOIN users u ON u.id = good.user_id WHERE ${alive()}
    ), counted AS (${counting(sql`SELECT "keyId"::text, times FROM holder`)})
    SELECT * FROM holder JOIN counted ON counted.subject = holder."keyId"::text`)
  // Once a minute is enough to tell a key in use from a forgotten one, and spares each call a write.
  for (const keyId of new Set(rows.filter(({ stale }) => stale).map((row) => row.keyId))) noteUse(keyId)
  const found = new Map(rows.map((row) => [row.sent.toString('hex'), row]))
  return hashes.map((hash) => {
    const row = hash && found.get(Buffer.from(hash).toString('hex'))
    return row ? { viewer: holderOf(row), counted: row } : null
  })
}

type KeyRow = Omit<Viewer, 'credential'> & {
  sent: Buffer
  keyId: string
  scopes: Scope[]
  hasBudget: boolean
  stale: boolean
}

function holderOf({ userId, email, name, role, tier, keyId, scopes, hasBudget }: KeyRow): Viewer {
  return { userId, email, name, role, tier, credential: { kind: 'key', keyId, scopes, hasBudget } }
}

function alive(): Sql {
  return sql`revoked_at IS NULL AND (expires_at IS NULL OR expires_at > now())`
}

/** What may still be spent with a key, in credits; null where it has no budget of its own. */
export async function budgetLeft(keyId: string): Promise<number | null> {
  const [row] = await query<{ left: number | null }>(
    sql`SELECT budget - spent AS left FROM api_keys WHERE id = ${keyId}`,
  )
  return row?.left ?? null
}

/** Nobody waits for it: a call is not to be slower, nor to fail, for it. */
function noteUse(keyId: string): void {
  query(sql`UPDATE api_keys SET last_used_at = now() WHERE id = ${keyId}`).catch((err: unknown) =>
    log().warn({ err }, 'noting the use of a key failed'),
  )
}

/** The viewer's keys that are not revoked, the newest first, without what would let anybody use them. Budgets in credits. */
export async function listApiKeys(viewer: Viewer) {
  return db().apiKey.findMany({
    where: { userId: viewer.userId, revokedAt: null },
    orderBy: { createdAt: 'desc' },
    select: {
      id: true,
      name: true,
      prefix: true,
      scopes: true,
      createdAt: true,
      expiresAt: true,
      lastUsedAt: true,
      previousUntil: true,
      budget: true,
      spent: true,
    },
  })
}

/** Ends the key at once, on every instance: each call reads its row. */
export async function revokeApiKey(viewer: Viewer, id: string): Promise<void> {
  if (!isId(id)) throw notFound('key')
  const revoked = await query(sql`
    UPDATE api_keys SET revoked_at = now()
    WHERE id = ${id} AND user_id = ${viewer.userId} AND revoked_at IS NULL RETURNING id`)
  if (revoked.length === 0) throw notFound('key')
}
