import { isDeepStrictEqual } from 'node:util'
import { AppError, notFound } from '@/lib/errors'
import { isId } from '@/lib/ids'
import type { PostExtras, PostPatch, PostView } from '@/lib/schemas/posts'
import { readDetails } from '@/lib/services/posts/details'
import { readPost } from '@/lib/services/posts/read'
import { tagsFrom } from '@/lib/services/posts/tags'
import { updatePost } from '@/lib/services/posts/write'
import type { Viewer } from '@/lib/services/viewer'
import { query, sql } from '@/lib/sql'

/** What a post said after one of its saves. */
export type PostVersion = Pick<PostView, 'version' | 'title' | 'content' | 'excerpt'> & { createdAt: Date }
export type VersionSummary = Omit<PostVersion, 'content' | 'excerpt'>

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
  const [row] = await query<PostVersion>(sql`
    SELECT v.version, v.title, v.content, v.excerpt, v.created_at AS "createdAt"
    FROM post_versions v JOIN posts p ON p.id = v.post_id
    WHERE p.id = ${postId} AND p.author_id = ${viewer.userId} AND p.deleted_at IS NULL AND v.version = ${version}::int`)
  if (!row) throw notFound('version')
  return row
}

/**
 * Saves what an earlier version said, as a new version. Asked again, it answers the post as it stands.
 *
 * @param current the version that is to be replaced.
 * @throws AppError `not_found`; `precondition_failed` if somebody saved something else meanwhile.
 */
export async function restoreVersion(
  viewer: Viewer,
  id: string,
  version: number,
  current: number,
): Promise<PostView> {
  const { title, content, excerpt } = await readVersion(viewer, id, version)
  return updateOnce(viewer, id, { title, content, excerpt }, current)
}

/**
 * Changes a post as updatePost does; sent again, as a browser does on a lost answer, it answers the post as it stands.
 *
 * @throws AppError what updatePost throws; `precondition_failed` if somebody saved something else meanwhile.
 */
export async function updateOnce(
  viewer: Viewer,
  id: string,
  patch: PostPatch & PostExtras,
  current: number,
): Promise<PostView> {
  try {
    return await updatePost(viewer, id, patch, [current])
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== 'precondition_failed') throw error
    const post = await readPost(viewer, id)
    const named = ['title', 'content', 'excerpt', 'coverUploadId', 'slug', 'status'] as const
    const same = named.every((name) => patch[name] === undefined || patch[name] === post[name])
    if (same && patch.publishAt === undefined && (await hasTags(viewer, id, patch.tags))) return post
    throw error
  }
}

async function hasTags(viewer: Viewer, id: string, tags: PostExtras['tags']): Promise<boolean> {
  return tags === undefined || isDeepStrictEqual(tagsFrom(tags).tags, (await readDetails(viewer, id)).tags)
}
