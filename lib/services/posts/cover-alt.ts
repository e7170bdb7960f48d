import type { PostForm } from '@/lib/schemas/posts'
import { readDetails } from '@/lib/services/posts/details'
import { readPost } from '@/lib/services/posts/read'
import { altOf, describeUpload } from '@/lib/services/uploads/alt'
import type { Viewer } from '@/lib/services/viewer'

type CoverForm = Pick<PostForm, 'id' | 'intent' | 'coverUploadId' | 'coverAlt' | 'coverAltBefore'>

/**
 * Keeps what the editor's form says that the cover shows.
 *
 * @returns false where the form would make a cover public of which nobody has said what it shows; nothing is kept then.
 *   A cover that is public already stays, so that a post from before this rule can still be mended.
 * @throws AppError `invalid`, at `/coverAlt`, where the words would be taken from a cover that is public.
 */
export async function describeCover(viewer: Viewer, form: CoverForm): Promise<boolean> {
  const { coverUploadId, coverAlt, coverAltBefore } = form
  if (!coverUploadId) return true
  const known = await altOf(viewer, coverUploadId)
  // Somebody else's is refused with the post.
  if (known === null) return true
  const alt = coverAlt !== undefined && coverAlt !== coverAltBefore ? coverAlt : known
  if (alt === '' && (await makesPublic(viewer, form))) return false
  if (alt !== known) await describeUpload(viewer, coverUploadId, alt, 'coverAlt')
  return true
}

async function makesPublic(viewer: Viewer, { id, intent, coverUploadId }: CoverForm): Promise<boolean> {
  if (intent === 'publish' || intent === 'schedule') return true
  if (intent === 'unpublish' || intent === 'unschedule' || !id) return false
  const { status, coverUploadId: before } = await readPost(viewer, id)
  const { publishAt } = await readDetails(viewer, id)
  return (status === 'published' || publishAt !== null) && coverUploadId !== before
}
