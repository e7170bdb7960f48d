import { refuseCollision, showTogether } from '@/lib/http/collisions'
import type { FormState } from '@/lib/http/form-state'
import type { PostForm } from '@/lib/schemas/posts'
import { mergeTexts, readPost, readVersion } from '@/lib/services/posts'
import type { Viewer } from '@/lib/services/viewer'

/** The post was saved elsewhere meanwhile: both are shown. */
export async function showOtherVersion(
  viewer: Viewer,
  { id, statusBefore }: PostForm,
  values: FormState['values'],
): Promise<Partial<FormState>> {
  const theirs = await readPost(viewer, id)
  const wentPublic = statusBefore === 'draft' && theirs.status === 'published'
  const known = { ...values, statusBefore: theirs.status }
  return refuseCollision(theirs, known, wentPublic ? PUBLIC : undefined)
}

const PUBLIC =
  'It was published since you opened it. What you typed is below, and not saved. Save again to change what is public, or put both together.'

/** Three ways: what was typed, what is saved by now, and the version that both began with. */
export async function putTogether(
  viewer: Viewer,
  mine: PostForm,
  values: FormState['values'],
): Promise<Partial<FormState>> {
  const theirs = await readPost(viewer, mine.id)
  const merged = mergeTexts(await readVersion(viewer, mine.id, mine.base), mine, theirs)
  const version = String(theirs.version)
  const known = { ...values, version, base: version, statusBefore: theirs.status }
  return showTogether(merged, known, { title: 'title', content: 'content', excerpt: 'excerpt' })
}
