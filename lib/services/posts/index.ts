export { descriptionIn, publishesSilentCover } from '@/lib/services/posts/cover-alt'
export { type CoveredPost, listCovered } from '@/lib/services/posts/covers'
export { type PostDetails, readDetails } from '@/lib/services/posts/details'
export {
  type DraftPlace,
  dropDraft,
  findDraft,
  forgetDrafts,
  keepDraft,
  newDrafts,
  type PostDraft,
  rewriteDraft,
  unsavedDrafts,
} from '@/lib/services/posts/drafts'
export { updateOnce, updateUnlessReworded } from '@/lib/services/posts/history'
export { type ListedPost, listPosts } from '@/lib/services/posts/list'
export { type MergedText, mergeTexts, type PostText } from '@/lib/services/posts/merge'
export { findNeighbours, type Neighbour } from '@/lib/services/posts/neighbours'
export { countPublished, newestPublished, publishedAddresses } from '@/lib/services/posts/published'
export { findPublished, readCard, readPost } from '@/lib/services/posts/read'
export { renderPost } from '@/lib/services/posts/render'
export { type LeftOut, restoreVersion } from '@/lib/services/posts/restore'
export { publishDue, type Schedule, scheduledTimes } from '@/lib/services/posts/schedule'
export { listStamp } from '@/lib/services/posts/stamp'
export { listTagged, publicTags } from '@/lib/services/posts/tagged'
export { listTrash, purgeTrash, TRASH_DAYS } from '@/lib/services/posts/trash'
export {
  listVersions,
  type PostVersion,
  readVersion,
  type VersionDetails,
  type VersionSummary,
} from '@/lib/services/posts/versions'
export { createPost, deletePost, restorePost, updatePost } from '@/lib/services/posts/write'
