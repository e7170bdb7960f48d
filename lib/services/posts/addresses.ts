import { AppError } from '@/lib/errors'
import type { PostView } from '@/lib/schemas/posts'
import { isSlugOf, slugCandidates } from '@/lib/services/posts/slug'
import { query, sql } from '@/lib/sql'

type Change = { title?: string | undefined; slug?: string | undefined }

/**
 * The slugs to try for a change of a post, the best first; null where it stays as it is.
 *
 * A slug that was typed is the only one to try. Otherwise an address follows the title, until it has been public or
 * its author has given it another; emptied, it follows the title in any case.
 */
export function slugsFor(before: PostView, { title = before.title, slug }: Change): Iterable<string | null> {
  if (slug && slug !== before.slug) return [slug]
  if (slug === '' && !isSlugOf(title, before.slug)) return slugCandidates(title)
  const follows = before.publishedAt === null && isSlugOf(before.title, before.slug)
  return follows && title !== before.title ? slugCandidates(title) : [null]
}

/** Whether another post was public at this address, and is still found there. */
export async function isFormerSlug(slug: string, postId: string): Promise<boolean> {
  const rows = await query(sql`SELECT FROM former_slugs WHERE slug = ${slug} AND post_id <> ${postId}`)
  return rows.length > 0
}

/** The refusal of a slug that leads to another post. */
export function slugTaken(slug: string): AppError {
  const detail = `“${slug}” is, or was, the address of another post. Choose another.`
  return new AppError('invalid', detail, { fields: [{ pointer: '/slug', detail }] })
}
