import { violatedUnique } from '@/lib/db-errors'
import { AppError } from '@/lib/errors'
import type { PostView } from '@/lib/schemas/posts'
import { isSlugOf, slugCandidates } from '@/lib/services/posts/slug'

type Change = { title?: string | undefined; slug?: string | undefined }

/**
 * The slugs to try for a change of a post, the best first; null where it stays as it is.
 *
 * A slug that was typed is the only one to try. Otherwise an address follows the title, until it has been public or
 * its author has given it another; emptied, it follows the title in any case.
 */
export function slugsFor(before: PostView, { title = before.title, slug }: Change): Iterable<string | null> {
  if (slug) return [slug === before.slug ? null : slug]
  if (slug === '' && !isSlugOf(title, before.slug)) return slugCandidates(title)
  const follows = before.publishedAt === null && isSlugOf(before.title, before.slug)
  return follows && title !== before.title ? slugCandidates(title) : [null]
}

/** Whether a change was refused because its slug is, or was, another post's: the unique index says so, or a trigger. */
export function isSlugTaken(error: unknown): boolean {
  return ['posts_slug_key', FORMER].includes(violatedUnique(error) ?? '')
}

/** Work that looks for a free slug itself, done again where one was left behind, and so taken, while it looked. */
export async function lookingAgain<Result>(work: () => Promise<Result>): Promise<Result> {
  try {
    return await work()
  } catch (error) {
    if (violatedUnique(error) !== FORMER) throw error
    return lookingAgain(work)
  }
}

const FORMER = 'posts_slug_former'

/** The refusal of a slug that leads to another post. */
export function slugTaken(slug: string): AppError {
  const detail = `“${slug}” is, or was, the address of another post. Choose another.`
  return new AppError('invalid', detail, { fields: [{ pointer: '/slug', detail }] })
}
