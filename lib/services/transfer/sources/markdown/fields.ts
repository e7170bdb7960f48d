import { isSlug } from '@/lib/services/posts/slug'
import { readDate } from '@/lib/services/transfer/dates'
import type { Item } from '@/lib/services/transfer/sources/types'

type Fields = Record<string, unknown>
type FromFields = Omit<Item, 'sourceId' | 'place' | 'site' | 'exact' | 'content' | 'title' | 'slug'> & {
  title: string | null
  slug: string | null
}

/**
 * What front matter says of a post, under the names that Inkwell, Hugo, Jekyll, Astro and Obsidian have for it. Names
 * that mean nothing here are told of, since what they said is lost.
 *
 * @param dateInName of a file that is named as Jekyll names them.
 * @param exact for what Inkwell wrote: its tags are what they are, others may have been typed as hashtags.
 */
export function readFields(fields: Fields, dateInName: Date | null, exact: boolean): FromFields {
  const remarks: string[] = []
  const known = new Set<string>()
  const take = (names: readonly string[]): unknown => {
    for (const name of names) if (name in fields) known.add(name)
    return fields[names.find((name) => fields[name] !== undefined && fields[name] !== null) ?? '']
  }
  const date = (names: readonly string[]): Date | null => {
    const value = take(names)
    const found = readDate(value)
    if (value !== undefined && !found)
      remarks.push(`The date “${textOf(value) ?? 'in parts'}” can’t be read, and was left out.`)
    return found
  }
  const publishedAt = date(NAMES.publishedAt) ?? dateInName
  const read = {
    title: textOf(take(NAMES.title)),
    slug: textOf(take(NAMES.slug)),
    excerpt: textOf(take(NAMES.excerpt)) ?? '',
    formerSlugs: [...listOf(take(NAMES.formerSlugs)), ...formerOf(take(NAMES.redirects), remarks)],
    createdAt: date(NAMES.createdAt) ?? publishedAt,
    updatedAt: date(NAMES.updatedAt),
    publishAt: date(NAMES.publishAt),
    tags: [...listOf(take(NAMES.tags)), ...listOf(take(NAMES.categories))].map((tag) =>
      exact ? tag : tag.replace(/^#/, ''),
    ),
    cover: coverOf(take(NAMES.cover), textOf(take(NAMES.coverAlt))),
    status: isDraft(take, publishedAt) ? ('draft' as const) : ('published' as const),
    trashed: switchOf(take(['trashed'])) === true,
  }
  const unknown = Object.keys(fields).filter((name) => !known.has(name) && !MEANINGLESS.has(name))
  if (unknown.length > 0) {
    remarks.push(`Its front matter says what has no place here, and was left out: ${unknown.join(', ')}.`)
  }
  return { ...read, publishedAt, remarks }
}

const NAMES = {
  title: ['title'],
  slug: ['slug'],
  excerpt: ['excerpt', 'description', 'summary'],
  formerSlugs: ['formerSlugs'],
  redirects: ['aliases', 'redirect_from'],
  createdAt: ['createdAt', 'created', 'dateCreated'],
  updatedAt: [
    'updatedAt',
    'updated',
    'lastmod',
    'updatedDate',
    'modified',
    'last_modified_at',
    'dateModified',
  ],
  publishedAt: ['publishedAt', 'date', 'pubDate', 'publishDate', 'published_at', 'datePublished'],
  publishAt: ['publishAt'],
  tags: ['tags', 'tag'],
  categories: ['categories', 'category'],
  cover: ['cover', 'image', 'featured_image', 'featuredImage', 'heroImage', 'thumbnail', 'banner', 'images'],
  coverAlt: ['coverAlt', 'imageAlt', 'image_alt', 'featured_image_alt', 'heroImageAlt'],
} as const

/** Says how a page looked, or repeats what else is said: nothing is lost with it. */
const MEANINGLESS = new Set(['id', 'layout', 'type', 'template', 'toc', 'comments', 'weight', 'cssclasses'])

/**
 * What says nothing at all of being published stays with its author: notes are not made public by being imported. Nor is
 * what is not understood, or where one field says so and another the opposite.
 */
function isDraft(take: (names: readonly string[]) => unknown, publishedAt: Date | null): boolean {
  const status = take(['status'])
  const draft = take(['draft'])
  const published = take(['published', 'publish'])
  const isPublic = [
    ...(status === undefined ? [] : [/^publish(ed)?$/i.test(textOf(status) ?? '')]),
    ...(draft === undefined ? [] : [switchOf(draft) === false]),
    ...(published === undefined ? [] : [switchOf(published) === true]),
  ]
  return isPublic.length === 0 ? publishedAt === null : isPublic.includes(false)
}

/** `yes` and `on` are booleans in YAML 1.1, which many programs read, and texts in YAML 1.2. Null for anything else. */
function switchOf(value: unknown): boolean | null {
  const word = textOf(value)?.toLowerCase() ?? ''
  if (['true', 'yes', 'on', '1'].includes(word)) return true
  return ['false', 'no', 'off', '0'].includes(word) ? false : null
}

/** Of paths that led to it (Hugo, Jekyll) the ends, which is what an address has here. */
function formerOf(value: unknown, remarks: string[]): string[] {
  const paths = listOf(value)
  const ends = paths.map((path) => path.replace(/\/(index\.html?)?$|\.html?$/i, '').replace(/^.*\//s, ''))
  const lost = paths.filter((_, n) => !isSlug(ends[n] ?? ''))
  if (lost.length > 0) remarks.push(`Former addresses that can’t lead to it here: ${lost.join(', ')}.`)
  return ends.filter(isSlug)
}

/** Numbers and the like are what they were typed as. */
function textOf(value: unknown): string | null {
  if (typeof value === 'string') return value.trim() || null
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : null
}

/** A list, or one text with commas in it. */
function listOf(value: unknown): string[] {
  const parts = Array.isArray(value) ? value : (textOf(value)?.split(',') ?? [])
  return parts.flatMap((part) => textOf(part) ?? [])
}

/** An address, the first of several, or a group of fields with the address and what it shows. */
function coverOf(value: unknown, alt: string | null): Item['cover'] {
  if (Array.isArray(value)) return coverOf(value[0], alt)
  if (typeof value === 'object' && value !== null) {
    const group = value as Fields
    const address = textOf(group.image ?? group.path ?? group.url ?? group.src)
    return address === null ? null : { address, alt: textOf(group.alt) ?? alt ?? '' }
  }
  const address = textOf(value)
  return address === null ? null : { address, alt: alt ?? '' }
}
