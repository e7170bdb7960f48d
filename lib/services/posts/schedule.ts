import { AppError } from '@/lib/errors'
import type { Viewer } from '@/lib/services/viewer'
import { query, sql } from '@/lib/sql'

/**
 * Publishes what is due, as a new version, and answers which. By the database’s clock; any number of instances may do
 * so at once, and each post is published by one of them.
 */
export async function publishDue(): Promise<string[]> {
  const rows = await query<{ id: string }>(sql`
    WITH due AS (
      SELECT id AS due_id FROM posts WHERE publish_at <= now() AND status = 'draft' AND deleted_at IS NULL
      FOR UPDATE SKIP LOCKED
    ), published AS (
      UPDATE posts SET status = 'published', published_at = coalesce(published_at, now()), publish_at = NULL,
        version = version + 1, updated_at = now()
      FROM due WHERE id = due_id RETURNING *
    ), history AS (
      INSERT INTO post_versions (post_id, version, title, content, excerpt)
      SELECT id, version, title, content, excerpt FROM published
    )
    SELECT id FROM published`)
  return rows.map(({ id }) => id)
}

/** When those of the viewer's posts that are scheduled are to be published, by their ids. */
export async function scheduledTimes(
  viewer: Viewer,
  posts: readonly { id: string }[],
): Promise<Map<string, Date>> {
  const rows = await query<{ id: string; publishAt: Date }>(sql`
    SELECT id, publish_at AS "publishAt" FROM posts
    WHERE id = ANY (${posts.map(({ id }) => id)}::uuid[]) AND author_id = ${viewer.userId} AND publish_at IS NOT NULL`)
  return new Map(rows.map(({ id, publishAt }) => [id, publishAt]))
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
