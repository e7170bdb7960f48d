import { createHmac, createSecretKey, type KeyObject, timingSafeEqual } from 'node:crypto'
import { invalid } from '@/lib/http/input'
import { sessionSecrets } from '@/lib/secrets'
import type { Viewer } from '@/lib/services/viewer'

/** A list as somebody asked for it: its operation, who asked, and what it was filtered by. */
export type AskedList = { operation: string; viewer: Viewer | null; filters?: readonly string[] }

/** Of base64url, so many characters are 128 bits. */
const SEAL_LENGTH = 22

/**
 * A cursor as callers get it: with a seal (HMAC-SHA-256) by which it is good for this very list alone, and for nothing
 * once a character of it is changed. The same cursor always has the same seal, so that it does not disturb an `ETag`.
 */
export function sealCursor(list: AskedList, cursor: string): string {
  return `${cursor}.${sealOf(list, cursor, sessionSecrets()[0] ?? '')}`
}

/**
 * The cursor that a caller sent back.
 *
 * @throws AppError `invalid`, with the pointer `/cursor`, unless this list has given it.
 */
export function openCursor(list: AskedList, sealed: string): string {
  const end = sealed.lastIndexOf('.')
  const [cursor, seal] = [sealed.slice(0, Math.max(0, end)), Buffer.from(sealed.slice(end + 1))]
  // All secrets in turn, so that they can rotate.
  const isOurs = sessionSecrets().some((secret) => {
    const expected = Buffer.from(sealOf(list, cursor, secret))
    return expected.byteLength === seal.byteLength && timingSafeEqual(expected, seal)
  })
  if (isOurs) return cursor
  throw invalid([{ pointer: '/cursor', detail: 'This cursor is not one that this list has given you.' }])
}

/** What was asked, with its cursor opened; an empty one is none. @throws AppError `invalid`, as `openCursor`. */
export function withOpenCursor<Query extends { limit: number; cursor?: string | undefined }>(
  list: AskedList,
  query: Query,
): Query {
  return { ...query, cursor: query.cursor ? openCursor(list, query.cursor) : undefined }
}

function sealOf({ operation, viewer, filters = [] }: AskedList, cursor: string, secret: string): string {
  const sealed = ['cursor', operation, viewer?.userId ?? null, filters, cursor]
  return createHmac('sha256', keyOf(secret))
    .update(JSON.stringify(sealed))
    .digest('base64url')
    .slice(0, SEAL_LENGTH)
}

/** Made once each: a secret as text is made a key anew for every seal. */
const keys = new Map<string, KeyObject>()

function keyOf(secret: string): KeyObject {
  const key = keys.get(secret) ?? createSecretKey(secret, 'utf8')
  keys.set(secret, key)
  return key
}
