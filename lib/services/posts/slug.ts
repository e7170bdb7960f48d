import { randomBytes } from 'node:crypto'
import slugify from 'slugify'

/**
 * The slugs to try for a title, the plain one first: `the-lighthouse`, then `the-lighthouse-3fa2`, and so on.
 * A title without a Latin transliteration becomes `post-…`.
 */
export function* slugCandidates(title: string): Generator<string, never> {
  const plain = slugify(title.slice(0, 120), { lower: true, strict: true }).slice(0, 80).replace(/-+$/, '')
  if (plain) yield plain
  for (;;) yield `${plain || 'post'}-${randomBytes(3).toString('hex')}`
}
