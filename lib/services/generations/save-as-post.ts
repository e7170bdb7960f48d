import { splitHeading } from '@/lib/editing/generated'
import { AppError } from '@/lib/errors'
import { type PostView, TITLE_MAX } from '@/lib/schemas/posts'
import { toolNames } from '@/lib/schemas/tools'
import { type GenerationView, readGeneration } from '@/lib/services/generations/read'
import { createPost } from '@/lib/services/posts'
import type { Viewer } from '@/lib/services/viewer'

/**
 * Makes a draft post of what a generation has written. Asked again, it answers the same post.
 *
 * @throws AppError `not_found`; `invalid` while there is no text yet.
 */
export async function saveAsPost(viewer: Viewer, id: string): Promise<PostView> {
  const generation = await readGeneration(viewer, id)
  if (generation.status === 'running' || !generation.result.trim()) {
    throw new AppError('invalid', 'There is no finished text to save yet.')
  }
  const { title, content } = split(generation)
  const post = { title, content, excerpt: '', status: 'draft', coverUploadId: null } as const
  return createPost(viewer, post, `generation:${id}`)
}

/** A first-line heading becomes the title; a text without one is titled by what it was asked for. */
function split({ result, prompt, tool }: GenerationView): { title: string; content: string } {
  const { heading, body } = splitHeading(result)
  const line = heading ?? (prompt.split('\n')[0] || toolNames[tool])
  // By whole characters.
  const title = Array.from(line).slice(0, TITLE_MAX).join('')
  return { title, content: heading === null ? result : body }
}
