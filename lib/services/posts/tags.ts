import { AppError } from '@/lib/errors'
import { slugOf } from '@/lib/services/posts/slug'

/** How many tags a post may have, and how many characters each. */
export const TAGS_MAX = 10
export const TAG_MAX = 50

/** The tags of a post as they were typed, and what each is found by, in the same order. */
export type Tags = { tags: string[]; keys: string[] }

/**
 * What is stored of the tags that were typed: of several with one key, the first.
 *
 * @throws AppError `invalid`, at `/tags`, for too many, for one that is too long, or for one of signs alone.
 */
export function tagsFrom(typed: readonly string[]): Tags {
  const byKey = new Map<string, string>()
  for (const tag of typed.map((one) => one.trim().replace(/\s+/g, ' ')).filter(Boolean)) {
    if (Array.from(tag).length > TAG_MAX) throw refused(`A tag may have at most ${TAG_MAX} characters.`)
    const key = tagKey(tag)
    if (!key) throw refused(`“${tag}” has neither a letter nor a digit.`)
    if (!byKey.has(key)) byKey.set(key, tag)
  }
  if (byKey.size > TAGS_MAX) throw refused(`At most ${TAGS_MAX} tags. These are ${byKey.size}.`)
  return { tags: [...byKey.values()], keys: [...byKey.keys()] }
}

/** What a tag is found by, in its address: its slug, or, where it has none in Latin letters, its own letters. */
export function tagKey(tag: string): string {
  return slugOf(tag) || ownLetters(tag)
}

function ownLetters(tag: string): string {
  const words = tag
    .normalize('NFKC')
    .toLowerCase()
    .match(/[\p{L}\p{M}\p{N}]+/gu)
  return words?.join('-') ?? ''
}

function refused(detail: string): AppError {
  return new AppError('invalid', detail, { fields: [{ pointer: '/tags', detail }] })
}
