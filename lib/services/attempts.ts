import { createHash } from 'node:crypto'
import { AppError } from '@/lib/errors'
import { type Subject, subjectKey } from '@/lib/services/subject'
import { type Query, query, sql } from '@/lib/sql'

/** What tells one request from another under the same attempt key: SHA-256 of the parsed input. */
export function fingerprint(operation: string, input: unknown): Buffer {
  return createHash('sha256')
    .update(JSON.stringify([operation, input]))
    .digest()
}

/**
 * The attempt key of a form, from the one that the server made with the page. What was typed is part of it: sent
 * again as it is, a form reaches what it made the first time; gone back to and changed, it asks for something new.
 */
export function formKey(attempt: string, input: unknown): string | null {
  return attempt ? `form:${attempt}:${fingerprint('form', input).toString('base64url')}` : null
}

export type Attempt = { key: string; fingerprint: Buffer }

/**
 * Takes an attempt key, inside the transaction that makes what it stands for. Keys are kept for 24 hours.
 *
 * @returns null if the key was free, or the id of what was made with it before.
 * @throws AppError `key_reused` if that was made from another request.
 */
export async function takeAttempt(
  query: Query,
  subject: Subject,
  attempt: Attempt,
  resourceId: string,
): Promise<string | null> {
  const taken = await query(sql`
    INSERT INTO attempts (subject, key, fingerprint, resource_id)
    VALUES (${subjectKey(subject)}, ${attempt.key}, ${attempt.fingerprint}, ${resourceId})
    ON CONFLICT (subject, key) DO UPDATE
      SET fingerprint = excluded.fingerprint, resource_id = excluded.resource_id, created_at = now()
      WHERE attempts.created_at < now() - interval '24 hours'
    RETURNING key`)
  return taken.length > 0 ? null : findAttempt(query, subject, attempt)
}

/**
 * What was made under this key before, for work that is long: the key itself is taken with the row, by takeAttempt.
 *
 * @returns null if the key is free.
 * @throws AppError `key_reused` if that was made from another request.
 */
export async function earlierAttempt(subject: Subject, attempt: Attempt): Promise<string | null> {
  const taken = await query(sql`
    SELECT FROM attempts WHERE subject = ${subjectKey(subject)} AND key = ${attempt.key}
      AND created_at >= now() - interval '24 hours'`)
  return taken.length > 0 ? findAttempt(query, subject, attempt) : null
}

/** The id of what was made under this key; see takeAttempt. */
export async function findAttempt(
  query: Query,
  subject: Subject,
  { key, fingerprint }: Attempt,
): Promise<string> {
  const [row] = await query<{ id: string }>(sql`
    SELECT resource_id AS id FROM attempts
    WHERE subject = ${subjectKey(subject)} AND key = ${key} AND fingerprint = ${fingerprint}`)
  if (row) return row.id
  throw new AppError(
    'key_reused',
    'This idempotency key was used for another request. Use a new key for a new request.',
  )
}
