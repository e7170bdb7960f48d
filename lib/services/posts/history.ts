import { isDeepStrictEqual } from 'node:util'
import { AppError } from '@/lib/errors'
import type { PostExtras, PostPatch, PostView } from '@/lib/schemas/posts'
import { readDetails } from '@/lib/services/posts/details'
import { readPost } from '@/lib/services/posts/read'
import { isSlugOf } from '@/lib/services/posts/slug'
import { tagsFrom } from '@/lib/services/posts/tags'
import { updatePost } from '@/lib/services/posts/write'
import { altOf } from '@/lib/services/uploads/alt'
import type { Viewer } from '@/lib/services/viewer'
import { query, sql } from '@/lib/sql'

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
    if (says(post, patch) && (await hasDetails(viewer, id, patch)) && (await isDescribed(viewer, patch)))
      return post
    throw error
  }
}

async function isDescribed(viewer: Viewer, { described }: PostExtras): Promise<boolean> {
  const known = described && (await altOf(viewer, described.id))
  // Of a picture that is gone there is nothing to say.
  return !described || known === null || known === described.alt
}

/** What a form knew of a post when it was made, and of what it was told since. */
type Known = {
  version: number
  /** The version that the text was made from. */
  base: number
  statusBefore: PostView['status'] | ''
}

/**
 * The same for a form, which is told of a version that says something else than the one it was made from. One that
 * changed only what stands beside the words is not worth a decision: it stays, and the words are saved. But a post that
 * went public meanwhile is: what was typed for a draft is not to be read by everybody without a word.
 *
 * @throws AppError what updateOnce throws.
 */
export async function updateUnlessReworded(
  viewer: Viewer,
  id: string,
  patch: PostPatch & PostExtras,
  { version, base, statusBefore }: Known,
): Promise<PostView> {
  try {
    return await updateOnce(viewer, id, patch, version)
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== 'precondition_failed') throw error
    const [same] = await query<{ version: number }>(sql`
      SELECT p.version FROM posts p JOIN post_versions v ON v.post_id = p.id AND v.version = ${base}::int
      WHERE p.id = ${id} AND p.author_id = ${viewer.userId} AND p.deleted_at IS NULL AND p.version <> ${version}::int
        AND (p.title, p.content, p.excerpt) = (v.title, v.content, v.excerpt) AND p.status::text IN (${statusBefore}, 'draft')`)
    if (!same) throw error
    return updateUnlessReworded(viewer, id, patch, { version: same.version, base, statusBefore })
  }
}

function says(post: PostView, { slug, ...patch }: PostPatch & PostExtras): boolean {
  const named = ['title', 'content', 'excerpt', 'coverUploadId', 'status'] as const
  const sameSlug =
    slug === undefined || slug === post.slug || (slug === '' && isSlugOf(post.title, post.slug))
  return sameSlug && named.every((name) => patch[name] === undefined || patch[name] === post[name])
}

async function hasDetails(
  viewer: Viewer,
  id: string,
  { tags, publishAt }: PostPatch & PostExtras,
): Promise<boolean> {
  if (tags === undefined && publishAt === undefined) return true
  const details = await readDetails(viewer, id)
  const sameTime = publishAt === undefined || publishAt?.getTime() === details.publishAt?.getTime()
  return sameTime && (tags === undefined || isDeepStrictEqual(tagsFrom(tags).tags, details.tags))
}
