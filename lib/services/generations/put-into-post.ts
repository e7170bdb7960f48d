import { applied } from '@/lib/editing/edit'
import { asExcerpt, splitHeading, titlesIn } from '@/lib/editing/generated'
import { insertBlock } from '@/lib/editing/insert'
import { AppError } from '@/lib/errors'
import type { Place } from '@/lib/schemas/generations'
import { EXCERPT_MAX, type PostView, postPatch, TITLE_MAX, UNTITLED } from '@/lib/schemas/posts'
import { type GenerationView, readGeneration } from '@/lib/services/generations/read'
import { type PostText, readVersion, updateOnce } from '@/lib/services/posts'
import type { Viewer } from '@/lib/services/viewer'

export type Placement = {
  id: string
  post: string
  /** The version that is to be replaced. */
  version: number
  place: Place
  /** Which of the titles, from 0. */
  choice: number
}

/**
 * Puts what a generation of the viewer's has written into a post of theirs, as a new version. Asked again, it answers
 * the post as it stands.
 *
 * @throws AppError `not_found`; `invalid` while there is no text, or if it does not fit; `precondition_failed` if
 *   somebody saved the post meanwhile.
 */
export async function putIntoPost(viewer: Viewer, placement: Placement): Promise<PostView> {
  const generation = await readFinished(viewer, placement.id)
  const before = await readVersion(viewer, placement.post, placement.version)
  const patch = postPatch.safeParse(patchOf(before, generation, placement))
  if (!patch.success)
    throw new AppError('invalid', patch.error.issues[0]?.message ?? 'This does not fit there.')
  return updateOnce(viewer, placement.post, patch.data, placement.version)
}

/** @throws AppError `not_found`; `invalid` while there is no text. */
export async function readFinished(viewer: Viewer, id: string): Promise<GenerationView> {
  const generation = await readGeneration(viewer, id)
  if (generation.status !== 'running' && generation.result.trim()) return generation
  throw new AppError('invalid', 'There is no finished text yet.')
}

/** Whether the passage that was rewritten still stands in this text. */
export function hasPassage(content: string, { tool, text }: GenerationView): boolean {
  return tool === 'rewrite' && text !== '' && content.includes(text)
}

/** What the text becomes where it is put. @throws AppError `invalid` if there is no such place in it. */
export function patchOf(
  before: PostText,
  generation: GenerationView,
  { place, choice }: Pick<Placement, 'place' | 'choice'>,
): Partial<PostText> {
  const { content } = before
  const { heading, body } = splitHeading(generation.result)
  const title = heading !== null && before.title === UNTITLED ? { title: clip(heading) } : {}
  switch (place) {
    case 'append': {
      const end = { value: content, start: content.length, end: content.length }
      return { ...title, content: applied(end, insertBlock(end, body)).value }
    }
    case 'content':
      return { ...title, content: body }
    case 'passage':
      if (!hasPassage(content, generation)) {
        throw new AppError('invalid', 'The passage is no longer in the text.')
      }
      return { content: content.replace(generation.text, () => generation.result.trim()) }
    case 'excerpt':
      return { excerpt: asExcerpt(generation.result, EXCERPT_MAX) }
    case 'title': {
      const chosen = titlesIn(generation.result)[choice]
      if (chosen === undefined) throw new AppError('invalid', 'There is no such title.')
      return { title: clip(chosen) }
    }
  }
}

function clip(title: string): string {
  return Array.from(title).slice(0, TITLE_MAX).join('')
}
