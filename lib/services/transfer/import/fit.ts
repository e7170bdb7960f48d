import { CONTENT_MAX, EXCERPT_MAX, TITLE_MAX } from '@/lib/schemas/posts'
import { isSlug } from '@/lib/services/posts/slug'
import { TAG_MAX, TAGS_MAX, type Tags, tagKey } from '@/lib/services/posts/tags'
import { refusal } from '@/lib/services/transfer/refusal'
import type { Item } from '@/lib/services/transfer/sources/types'

type Fitted = Omit<Item, 'tags' | 'cover' | 'sourceId' | 'place' | 'site'> & Tags

/**
 * What an item is as a post of Inkwell, with a remark on each thing that had to give way.
 *
 * @param now by the clock that publishes.
 * @throws AppError `invalid` where its text can't be kept whole: nobody is served by half a text.
 */
export function fit(
  { tags: typed, cover: _, sourceId: _id, place: _place, site: _site, ...item }: Item,
  now: Date,
): Fitted {
  const remarks = [...item.remarks]
  const cut = (what: string, text: string, max: number): string => {
    const characters = Array.from(text)
    if (characters.length <= max) return text
    remarks.push(`Its ${what} was cut to ${max} characters. It was: ${text}`)
    return characters.slice(0, max).join('').trimEnd()
  }
  const { content } = item
  if (Array.from(content).length > CONTENT_MAX) {
    throw refusal('', `Its text is longer than ${CONTENT_MAX} characters. Part it and import it again.`)
  }
  const title = cut('title', item.exact ? item.title : oneLine(item.title), TITLE_MAX) || 'Untitled'
  const excerpt = cut('excerpt', item.excerpt.trim(), EXCERPT_MAX)
  const texts = [title, content, excerpt, item.slug ?? '', ...typed, ...item.formerSlugs]
  if (texts.some((text) => !text.isWellFormed() || text.includes('\0'))) {
    throw refusal('', 'It contains a character that is not valid text.')
  }
  return {
    ...item,
    title,
    excerpt,
    ...fitTags(typed, remarks),
    ...fitTimes(item, now, remarks),
    formerSlugs: item.formerSlugs.filter(isSlug),
    remarks,
  }
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim()
}

function fitTags(typed: string[], remarks: string[]): Tags {
  const byKey = new Map<string, string>()
  const left: string[] = []
  for (const tag of typed.map(oneLine).filter(Boolean)) {
    const key = tagKey(tag)
    if (byKey.has(key)) continue
    if (!key || Array.from(tag).length > TAG_MAX || byKey.size === TAGS_MAX) left.push(tag)
    else byKey.set(key, tag)
  }
  if (left.length > 0) {
    remarks.push(
      `A post has at most ${TAGS_MAX} tags of ${TAG_MAX} characters. Left out: ${left.join(', ')}.`,
    )
  }
  return { tags: [...byKey.values()], keys: [...byKey.keys()] }
}

/** What was to be published later still is; what was missed is not made public by being imported. */
function fitTimes(
  { status, publishedAt, publishAt }: Pick<Item, 'status' | 'publishedAt' | 'publishAt'>,
  now: Date,
  remarks: string[],
): Pick<Item, 'status' | 'publishedAt' | 'publishAt'> {
  if (status === 'published') {
    const isAhead = publishedAt !== null && publishedAt > now
    return isAhead
      ? { status: 'draft', publishedAt: null, publishAt: publishedAt }
      : { status, publishedAt, publishAt: null }
  }
  if (publishAt === null || publishAt > now) return { status, publishedAt, publishAt }
  remarks.push(`It was to be published on ${publishAt.toISOString()}, which has passed. It is a draft.`)
  return { status, publishedAt, publishAt: null }
}
