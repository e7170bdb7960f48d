import { AppError } from '@/lib/errors'
import type { PostExtras, PostPatch, PostView } from '@/lib/schemas/posts'
import { readDetails } from '@/lib/services/posts/details'
import { updateOnce } from '@/lib/services/posts/history'
import { readPost } from '@/lib/services/posts/read'
import { readVersion, type VersionDetails } from '@/lib/services/posts/versions'
import { altOf } from '@/lib/services/uploads/alt'
import type { Viewer } from '@/lib/services/viewer'
import { query, sql } from '@/lib/sql'

/**
 * What of a version can't be brought back: its cover was deleted since, or is one that nobody has described while the post
 * is public or scheduled; its address leads to another post by now.
 */
export type LeftOut = 'cover-gone' | 'cover-silent' | 'address-taken'

/**
 * Saves what an earlier version said and what stood beside it, as a new version. Where its cover can't come back, the post
 * has none; where its address can't, the post keeps the one that it has. Of a version from before that was kept, the words
 * alone come back. Asked again, it answers the same.
 *
 * @param current the version that is to be replaced.
 * @throws AppError `not_found`; `precondition_failed` if somebody saved something else meanwhile.
 */
export async function restoreVersion(
  viewer: Viewer,
  id: string,
  version: number,
  current: number,
): Promise<{ post: PostView; leftOut: LeftOut[] }> {
  try {
    return await restoreNow(viewer, id, version, current)
  } catch (error) {
    // Its cover was deleted, or its address taken, after it had been looked at.
    if (!(error instanceof AppError) || error.code !== 'invalid') throw error
    return restoreNow(viewer, id, version, current)
  }
}

async function restoreNow(viewer: Viewer, id: string, version: number, current: number) {
  const { title, content, excerpt, details } = await readVersion(viewer, id, version)
  const leftOut = details ? await obstacles(viewer, id, details) : []
  const beside = details ? await besideOf(viewer, id, details, leftOut) : {}
  return { post: await updateOnce(viewer, id, { title, content, excerpt, ...beside }, current), leftOut }
}

async function besideOf(
  viewer: Viewer,
  id: string,
  { tags, slug, cover }: VersionDetails,
  leftOut: readonly LeftOut[],
): Promise<PostPatch & PostExtras> {
  const withoutCover = leftOut.includes('cover-gone') || leftOut.includes('cover-silent')
  return {
    tags,
    coverUploadId: withoutCover ? null : (cover?.id ?? null),
    // Named, so that it does not follow the title.
    slug: leftOut.includes('address-taken') ? (await readPost(viewer, id)).slug : slug,
  }
}

async function obstacles(viewer: Viewer, id: string, { slug, cover }: VersionDetails): Promise<LeftOut[]> {
  const ofCover = cover ? await obstacleOfCover(viewer, id, cover.id) : null
  const taken = await query(sql`
    SELECT FROM posts WHERE slug = ${slug} AND id <> ${id}
    UNION ALL SELECT FROM former_slugs WHERE slug = ${slug} AND post_id <> ${id}`)
  return [...(ofCover ? [ofCover] : []), ...(taken.length > 0 ? (['address-taken'] as const) : [])]
}

/** The one that the post has stays in any case, described or not. */
async function obstacleOfCover(viewer: Viewer, id: string, uploadId: string): Promise<LeftOut | null> {
  const alt = await altOf(viewer, uploadId)
  if (alt === null) return 'cover-gone'
  const { status, coverUploadId } = await readPost(viewer, id)
  const { publishAt } = await readDetails(viewer, id)
  const isShown = status === 'published' || publishAt !== null
  return alt === '' && isShown && coverUploadId !== uploadId ? 'cover-silent' : null
}
