import { AppError } from '@/lib/errors'
import { keepVersions } from '@/lib/services/posts/versions'
import type { Viewer } from '@/lib/services/viewer'
import { query, type Sql, sql } from '@/lib/sql'

/**
 * Publishes what is due, as a new version, and answers which. By the database’s clock; any number of instances may do
 * so at once, and each post is published by one of them. What has a silent cover waits until that is described.
 */
export async function publishDue(): Promise<string[]> {
  const rows = await query<{ id: string }>(sql`
    WITH due AS (
      SELECT id AS due_id FROM posts
      WHERE publish_at <= now() AND status = 'draft' AND deleted_at IS NULL AND NOT ${coverIsSilent()}
      FOR UPDATE SKIP LOCKED
    ), published AS (
      UPDATE posts SET status = 'published', published_at = coalesce(published_at, now()), publish_at = NULL,
        version = version + 1, updated_at = now()
      FROM due WHERE id = due_id RETURNING *
    ), history AS (${keepVersions(sql`published`)})
    SELECT id FROM published`)
  return rows.map(({ id }) => id)
}

/** When a post is to be published; `heldBack`: it is due, and waits for somebody to say what its cover shows. */
export type Schedule = { publishAt: Date; heldBack: boolean }

/** When those of the viewer's posts that are scheduled are to be published, by their ids. */
export async function scheduledTimes(
  viewer: Viewer,
  posts: readonly { id: string }[],
): Promise<Map<string, Schedule>> {
  const rows = await query<Schedule & { id: string }>(sql`
    SELECT id, publish_at AS "publishAt", ${isHeldBack()} AS "heldBack" FROM posts
    WHERE id = ANY (${posts.map(({ id }) => id)}::uuid[]) AND author_id = ${viewer.userId} AND publish_at IS NOT NULL`)
  return new Map(rows.map(({ id, ...schedule }) => [id, schedule]))
}

/** Whether a row of `posts` was due and is not published by itself. For a statement. */
export function isHeldBack(): Sql {
  return sql`coalesce(publish_at <= now() AND ${coverIsSilent()}, false)`
}

function coverIsSilent(): Sql {
  return sql`EXISTS (SELECT FROM uploads WHERE uploads.id = cover_upload_id AND alt = '')`
}

/** @throws AppError `invalid`, at `/publishAt`, for a time that the database's clock has passed. */
export async function checkAhead(time: Date | null): Promise<void> {
  if (!time) return
  const [row] = await query<{ ahead: boolean }>(sql`SELECT ${time}::timestamptz > now() AS ahead`)
  if (!row?.ahead) throw badTime('That time has passed. Choose a later one, or publish it now.')
}

/** The refusal of a time to publish at. */
export function badTime(detail: string): AppError {
  return new AppError('invalid', detail, { fields: [{ pointer: '/publishAt', detail }] })
}
