import { htmlToMarkdown } from '@/lib/services/transfer/convert'
import { withoutTags } from '@/lib/services/transfer/convert/escape'
import { readDate } from '@/lib/services/transfer/dates'
import type { Item } from '@/lib/services/transfer/sources/types'
import { expandShortcodes } from '@/lib/services/transfer/sources/wordpress/shortcodes'
import { childText, type XmlElement } from '@/lib/services/transfer/sources/wordpress/xml'

export type Attachment = { address: string; alt: string }

/** @throws AppError `invalid` where its text can't be read. */
export async function itemOf(
  element: XmlElement,
  attachments: Map<string, Attachment>,
): Promise<Omit<Item, 'sourceId' | 'site'>> {
  const say = (name: string) => childText(element, name).trim()
  const shortcodes = expandShortcodes(childText(element, 'content:encoded'), attachments)
  const { markdown, remarks } = await htmlToMarkdown(shortcodes.html, 'wordpress')
  const status = say('wp:status')
  const date = readDate(say('wp:post_date_gmt')) ?? readDate(say('wp:post_date'))
  const hidden = whyHidden(element)
  const comments = element.children.filter(({ name }) => name === 'wp:comment').length
  return {
    place: '',
    title: say('title'),
    content: markdown,
    excerpt: plainText(say('excerpt:encoded')),
    slug: slugOf(say('wp:post_name')),
    formerSlugs: formerSlugsOf(element),
    exact: false,
    status: status === 'publish' && hidden.length === 0 ? 'published' : 'draft',
    trashed: status === 'trash',
    createdAt: date,
    updatedAt: readDate(say('wp:post_modified_gmt')) ?? readDate(say('wp:post_modified')),
    publishedAt: status === 'publish' || status === 'private' ? date : null,
    publishAt: status === 'future' && hidden.length === 0 ? date : null,
    tags: tagsOf(element),
    cover: coverOf(element, attachments),
    remarks: [
      ...shortcodes.remarks,
      ...remarks,
      ...hidden.map((why) => `It is a draft, since ${why}.`),
      ...(comments > 0 ? [`Comments have no place here. Left out: ${comments}.`] : []),
    ],
  }
}

/** What not everybody could read must not be read by everybody here. */
function whyHidden(element: XmlElement): string[] {
  return [
    ...(childText(element, 'wp:post_type') === 'page' ? ['it was a page, and here are posts alone'] : []),
    ...(childText(element, 'wp:status') === 'private' ? ['it was private'] : []),
    ...(childText(element, 'wp:status') === 'pending' ? ['it waited for a review'] : []),
    ...(childText(element, 'wp:post_password') ? ['it could only be read with a password'] : []),
  ]
}

/** As it was typed: WordPress keeps it encoded for addresses, and marks what is in the trash. */
export function slugOf(name: string): string | null {
  const slug = name.replace(/__trashed(-\d+)?$/, '')
  try {
    return decodeURIComponent(slug) || null
  } catch {
    return slug
  }
}

/** Slugs that it had while it was public: WordPress leads from them, too. */
export function formerSlugsOf({ children }: XmlElement): string[] {
  return children
    .filter((meta) => meta.name === 'wp:postmeta' && childText(meta, 'wp:meta_key') === '_wp_old_slug')
    .flatMap((meta) => slugOf(childText(meta, 'wp:meta_value').trim()) ?? [])
}

/** Categories and tags alike; the category that stands for none is none. */
function tagsOf({ children }: XmlElement): string[] {
  return children
    .filter(
      ({ name, attributes }) =>
        name === 'category' && ['category', 'post_tag'].includes(attributes.domain ?? ''),
    )
    .filter(({ attributes }) => attributes.nicename !== 'uncategorized')
    .map(({ text }) => plainText(text))
}

function coverOf({ children }: XmlElement, attachments: Map<string, Attachment>): Item['cover'] {
  const meta = children.filter(({ name }) => name === 'wp:postmeta')
  const thumbnail = meta.find((one) => childText(one, 'wp:meta_key') === '_thumbnail_id')
  return (thumbnail && attachments.get(childText(thumbnail, 'wp:meta_value').trim())) ?? null
}

/** Excerpts and names may hold a little HTML. */
function plainText(html: string): string {
  return withoutTags(html)
    .replace(/&#0?39;|&#8217;|&rsquo;/g, '’')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&nbsp;', ' ')
    .replaceAll('&amp;', '&')
    .trim()
}
