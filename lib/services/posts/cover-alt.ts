import type { PostForm } from '@/lib/schemas/posts'
import type { UploadDescription } from '@/lib/schemas/uploads'
import { readDetails } from '@/lib/services/posts/details'
import { readPost } from '@/lib/services/posts/read'
import { altOf } from '@/lib/services/uploads/alt'
import type { Viewer } from '@/lib/services/viewer'

type CoverForm = Pick<PostForm, 'id' | 'intent' | 'coverUploadId' | 'coverAlt' | 'coverAltBefore'>

/**
 * What the editor's form says anew of its cover, to be stored with the post; undefined where it says nothing new. It says
 * whose words they are, since the post may have another cover by then.
 */
export function descriptionIn({
  coverUploadId,
  coverAlt,
  coverAltBefore,
}: CoverForm): UploadDescription | undefined {
  const isNew = coverUploadId && coverAlt !== undefined && coverAlt !== coverAltBefore
  return isNew ? { id: coverUploadId, alt: coverAlt } : undefined
}

/**
 * Whether the editor's form would make a cover public of which nobody has said what it shows. A cover that is public
 * already stays, so that a post from before this rule can still be mended.
 */
export async function publishesSilentCover(viewer: Viewer, form: CoverForm): Promise<boolean> {
  if (!form.coverUploadId) return false
  const known = await altOf(viewer, form.coverUploadId)
  // Somebody else's is refused with the post.
  if (known === null) return false
  const alt = descriptionIn(form)?.alt ?? known
  return alt === '' && makesPublic(viewer, form)
}

async function makesPublic(viewer: Viewer, { id, intent, coverUploadId }: CoverForm): Promise<boolean> {
  if (intent === 'publish' || intent === 'schedule') return true
  if (intent === 'unpublish' || intent === 'unschedule' || !id) return false
  const { status, coverUploadId: before } = await readPost(viewer, id)
  const { publishAt } = await readDetails(viewer, id)
  return (status === 'published' || publishAt !== null) && coverUploadId !== before
}
