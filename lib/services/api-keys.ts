import { createHash, randomBytes } from 'node:crypto'
import { db } from '@/lib/db'
import { notFound } from '@/lib/errors'
import { isId, newId } from '@/lib/ids'
import { log } from '@/lib/log'
import type { NewApiKey, Scope } from '@/lib/schemas/api-keys'
import type { Viewer } from '@/lib/services/viewer'
import { query, sql } from '@/lib/sql'

/** Makes a key for the viewer. The key itself is in the answer and nowhere else: only its hash is stored. */
export async function createApiKey(viewer: Viewer, input: NewApiKey): Promise<{ id: string; key: string }> {
  const key = `ink_${randomBytes(32).toString('base64url')}`
  const id = newId()
  // Without an expiry the sum is null. By the database's clock, which is the one that it is compared with.
  await query(sql`
    INSERT INTO api_keys (id, user_id, name, prefix, hash, scopes, expires_at)
    VALUES (${id}, ${viewer.userId}, ${input.name}, ${key.slice(0, 10)}, ${digest(key)}, ${[...new Set(input.scopes)]},
      now() + ${input.expiresInDays || null}::int * interval '1 day')`)
  return { id, key }
}

/** @returns who the key speaks for, or null if there is no such key, or it was revoked, or has expired. */
export async function findApiKey(key: string): Promise<Viewer | null> {
  if (!/^ink_[\w-]{43}$/.test(key)) return null
  type Row = Omit<Viewer, 'credential'> & { keyId: string; scopes: Scope[]; stale: boolean }
  const [row] = await query<Row>(sql`
    SELECT u.id AS "userId", u.email, u.name, u.role, u.tier, k.id AS "keyId", k.scopes,
      k.last_used_at IS NULL OR k.last_used_at < now() - interval '1 minute' AS stale
    FROM api_keys k JOIN users u ON u.id = k.user_id
    WHERE k.hash = ${digest(key)} AND k.revoked_at IS NULL AND (k.expires_at IS NULL OR k.expires_at > now())`)
  if (!row) return null
  const { keyId, scopes, stale, ...user } = row
  // Once a minute is enough to tell a key in use from a forgotten one, and spares each call a write.
  if (stale) noteUse(keyId)
  return { ...user, credential: { kind: 'key', keyId, scopes } }
}

/** Nobody waits for it: a call is not to be slower, nor to fail, for it. */
function noteUse(keyId: string): void {
  query(sql`UPDATE api_keys SET last_used_at = now() WHERE id = ${keyId}`).catch((err: unknown) =>
    log().warn({ err }, 'noting the use of a key failed'),
  )
}

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

function digest(key: string): Buffer {
  return createHash('sha256').update(key).digest()
}
