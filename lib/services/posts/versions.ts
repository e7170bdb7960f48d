import { notFound } from '@/lib/errors'
import { isId } from '@/lib/ids'
import type { PostView } from '@/lib/schemas/posts'
import type { Viewer } from '@/lib/services/viewer'
import { query, type Sql, sql } from '@/lib/sql'

/** What stood beside the words of a version. A cover that has been deleted since has no filename any more. */
export type VersionDetails = {
  tags: string[]
  slug: string
  cover: { id: string; filename: string | null } | null
}

/** What a post said after one of its saves. `details` is null for a version from before they were kept. */
export type PostVersion = Pick<PostView, 'version' | 'title' | 'content' | 'excerpt'> & {
  createdAt: Date
  details: VersionDetails | null
}
export type VersionSummary = Pick<PostVersion, 'version' | 'title' | 'createdAt'>

/** Keeps what posts say now as versions of theirs. For a statement. @param posts what the statement calls their rows. */
export function keepVersions(posts: Sql): Sql {
  return sql`
    INSERT INTO post_versions (post_id, version, title, content, excerpt, tags, cover_upload_id, slug)
    SELECT id, version, title, content, excerpt, tags, cover_upload_id, slug FROM ${posts}`
}

/** The versions of one of the viewer's posts, newest first, without their texts; `before` is the last one seen. */
export async function listVersions(
  viewer: Viewer,
  postId: string,
  limit: number,
  before: number | null,
): Promise<VersionSummary[]> {
  if (!isId(postId)) throw notFound('post')
  return query<VersionSummary>(sql`
    SELECT v.version, v.title, v.created_at AS "createdAt"
    FROM post_versions v JOIN posts p ON p.id = v.post_id
    WHERE p.id = ${postId} AND p.author_id = ${viewer.userId} AND p.deleted_at IS NULL
      AND (${before}::int IS NULL OR v.version < ${before}::int)
    ORDER BY v.version DESC LIMIT ${limit}`)
}

/** @throws AppError `not_found`. */
export async function readVersion(viewer: Viewer, postId: string, version: number): Promise<PostVersion> {
  if (!isId(postId)) throw notFound('post')
  const [row] = await query<VersionRow>(sql`
    SELECT v.version, v.title, v.content, v.excerpt, v.created_at AS "createdAt", v.tags, v.slug,
      v.cover_upload_id AS "coverUploadId", u.filename
    FROM post_versions v JOIN posts p ON p.id = v.post_id
    LEFT JOIN uploads u ON u.id = v.cover_upload_id AND u.owner_id = p.author_id
    WHERE p.id = ${postId} AND p.author_id = ${viewer.userId} AND p.deleted_at IS NULL AND v.version = ${version}::int`)
  if (!row) throw notFound('version')
  const { tags, slug, coverUploadId: id, filename, ...words } = row
  const details = slug === null ? null : { tags, slug, cover: id ? { id, filename } : null }
  return { ...words, details }
}

type VersionRow = Omit<PostVersion, 'details'> & {
  tags: string[]
  slug: string | null
  coverUploadId: string | null
  filename: string | null
}
