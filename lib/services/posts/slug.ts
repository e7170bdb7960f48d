import { randomBytes } from 'node:crypto'
import slugify from 'slugify'
import { SLUG_MAX } from '@/lib/schemas/posts'

/** Latin letters, digits and hyphens, at most 80 of them; empty for a text that has no Latin transliteration. */
export function slugOf(text: string): string {
  return slugify(text.slice(0, 120), { lower: true, strict: true }).slice(0, 80).replace(/-+$/, '')
}

/** Whether a text may be the slug of a post as it is. */
export function isSlug(text: string): boolean {
  return text.length <= SLUG_MAX && /^[a-z0-9]+(-[a-z0-9]+)*$/.test(text)
}

/**
 * The slugs to try for a title, the plain one first: `the-lighthouse`, then `the-lighthouse-3fa2e1`, and so on.
 * A title without a Latin transliteration becomes `post-…`.
 */
export function* slugCandidates(title: string): Generator<string, never> {
  const plain = slugOf(title)
  if (plain) yield plain
  for (;;) yield `${plain || 'post'}-${randomBytes(3).toString('hex')}`
}

/** Whether slugCandidates may have made this slug of this title. */
export function isSlugOf(title: string, slug: string): boolean {
  const plain = slugOf(title)
  return slug === plain || new RegExp(`^${plain || 'post'}-[\\da-f]{6}$`).test(slug)
}
