import type { Viewer } from '@/lib/services/viewer'
import { type Query, query, sql, transaction } from '@/lib/sql'

/** How long a deleted post can be put back. */
export const TRASH_DAYS = 30

export type TrashedPost = { id: string; title: string; deletedAt: Date; purgedAt: Date }

/** The viewer's deleted posts, the last deleted first. */
export function listTrash(viewer: Viewer, limit: number, offset: number): Promise<TrashedPost[]> {
  return query<TrashedPost>(sql`
    SELECT id, title, deleted_at AS "deletedAt", deleted_at + ${TRASH_DAYS}::int * interval '1 day' AS "purgedAt"
    FROM posts WHERE author_id = ${viewer.userId} AND deleted_at IS NOT NULL
    ORDER BY deleted_at DESC, id DESC LIMIT ${limit} OFFSET ${offset}`)
}

/**
 * Removes what has been in the trash for its time, with all its versions, and those of its author's pictures that stood
 * in it and are used by nothing else, be it in the history of another post. Any number of instances may do so at once.
 *
 * @returns how many posts are gone for ever.
 */
export async function purgeTrash(): Promise<number> {
  return transaction(async (query) => {
    const due = await query<{ id: string }>(sql`
      SELECT id FROM posts WHERE deleted_at < now() - ${TRASH_DAYS}::int * interval '1 day'
      ORDER BY deleted_at LIMIT ${AT_ONCE} FOR UPDATE SKIP LOCKED`)
    if (due.length === 0) return 0
    const ids = due.map(({ id }) => id)
    const pictures = await picturesIn(query, ids)
    await query(sql`DELETE FROM posts WHERE id = ANY (${ids}::uuid[])`)
    await deleteUnused(query, pictures)
    return due.length
  })
}

/** Looking for other uses of their pictures reads every text, so it is not done for many posts in one transaction. */
const AT_ONCE = 20

/** The authors' own uploads that these posts, or any of their versions, have for a cover or show in the text. */
async function picturesIn(query: Query, postIds: string[]): Promise<string[]> {
  const rows = await query<{ id: string }>(sql`
    WITH written AS (
      SELECT id AS post_id, content FROM posts WHERE id = ANY (${postIds}::uuid[])
      UNION ALL SELECT post_id, content FROM post_versions WHERE post_id = ANY (${postIds}::uuid[])
    ), named AS (
      SELECT post_id, (regexp_matches(content, '/uploads/([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})/', 'g'))[1]::uuid AS upload_id
      FROM written
      UNION SELECT id, cover_upload_id FROM posts WHERE id = ANY (${postIds}::uuid[])
      UNION SELECT post_id, cover_upload_id FROM post_versions WHERE post_id = ANY (${postIds}::uuid[])
    )
    SELECT DISTINCT uploads.id FROM named JOIN uploads ON uploads.id = named.upload_id
    JOIN posts ON posts.id = named.post_id AND posts.author_id = uploads.owner_id`)
  return rows.map(({ id }) => id)
}

/** Their files go with the next sweep of what no upload owns. */
async function deleteUnused(query: Query, uploadIds: string[]): Promise<void> {
  const address = sql`'%/uploads/' || uploads.id || '/%'`
  await query(sql`
    DELETE FROM uploads WHERE id = ANY (${uploadIds}::uuid[])
      AND NOT EXISTS (SELECT FROM posts WHERE cover_upload_id = uploads.id OR content LIKE ${address})
      AND NOT EXISTS (SELECT FROM post_versions WHERE cover_upload_id = uploads.id OR content LIKE ${address})
      AND NOT EXISTS (
        SELECT FROM post_drafts WHERE fields->>'content' LIKE ${address} OR fields->>'coverUploadId' = uploads.id::text
      )`)
}
