import { htmlToMarkdown } from '@/lib/services/transfer/convert'
import { withoutTags } from '@/lib/services/transfer/convert/escape'
import { readDate } from '@/lib/services/transfer/dates'
import { hasCards, lexicalToHtml, mailCards } from '@/lib/services/transfer/sources/ghost/lexical'
import { mobiledocToHtml } from '@/lib/services/transfer/sources/ghost/mobiledoc'
import type { GhostData, GhostPost } from '@/lib/services/transfer/sources/ghost/schema'
import type { Item } from '@/lib/services/transfer/sources/types'

/** @throws AppError `invalid` where its text can't be read. */
export async function itemOf(post: GhostPost, data: GhostData): Promise<Omit<Item, 'sourceId'>> {
  const html = htmlOf(post)
  const { markdown, remarks } = await htmlToMarkdown(html, 'ghost')
  const mail = mailCards(post.lexical)
  const { names, internal } = tagsOf(post, data)
  const meta = data.posts_meta.find(({ post_id }) => post_id === post.id)
  const hidden = whyHidden(post, !!meta?.email_only, html)
  const isOut = post.status === 'published' || post.status === 'sent'
  const publishedAt = dateOf(post.published_at)
  return {
    place: '',
    title: post.title ?? '',
    content: [markdown, ...mail.map((card) => `\`\`\`html\n${card}\n\`\`\``)].filter(Boolean).join('\n\n'),
    excerpt: post.custom_excerpt ?? '',
    slug: post.slug ?? null,
    formerSlugs: [],
    site: { address: null },
    exact: false,
    status: isOut && hidden.length === 0 ? 'published' : 'draft',
    trashed: false,
    createdAt: dateOf(post.created_at),
    updatedAt: dateOf(post.updated_at),
    publishedAt: isOut ? publishedAt : null,
    publishAt: post.status === 'scheduled' && hidden.length === 0 ? publishedAt : null,
    tags: names,
    cover: post.feature_image ? { address: post.feature_image, alt: meta?.feature_image_alt ?? '' } : null,
    remarks: [
      ...remarks,
      ...hidden.map((why) => `It is a draft, since ${why}.`),
      ...(mail.length > 0 ? ['What was for its newsletter alone stands at the end, as code.'] : []),
      ...(internal.length > 0 ? [`Tags that only steer a theme were left out: ${internal.join(', ')}.`] : []),
      ...leftOut(post, meta?.feature_image_caption),
    ],
  }
}

/** Ghost renders what it saves. Where that is not in the export, it is made of what the editor kept. */
function htmlOf({ html, lexical, mobiledoc }: GhostPost): string {
  if (html?.trim()) return html
  if (hasCards(lexical)) return lexicalToHtml(lexical ?? '')
  return mobiledoc ? mobiledocToHtml(mobiledoc) : ''
}

/** What not everybody could read must not be read by everybody here. */
function whyHidden(
  { type, page, status, visibility }: GhostPost,
  isForMail: boolean,
  html: string,
): string[] {
  return [
    ...(type === 'page' || page ? ['it was a page, and here are posts alone'] : []),
    ...(status === 'sent' ? ['it was sent as a newsletter and never stood on the site'] : []),
    ...(isForMail && status !== 'sent' ? ['it was for a newsletter alone'] : []),
    ...(visibility && visibility !== 'public' ? [`not everybody could read it (${visibility})`] : []),
    ...(html.includes('<!--kg-gated-block:begin') ? ['parts of it were not for everybody'] : []),
  ]
}

function leftOut(post: GhostPost, caption: string | null | undefined): string[] {
  const injected = [post.codeinjection_head, post.codeinjection_foot].filter((code) => code?.trim())
  return [
    ...(injected.length > 0 ? [`Code for its head and foot was left out: ${injected.join(' ')}`] : []),
    ...(post.canonical_url ? [`It named another address as its original: ${post.canonical_url}.`] : []),
    ...(caption ? [`Its cover had a caption: ${withoutTags(caption)}`] : []),
  ]
}

/** Ghost’s internal tags begin with `#` and are seen by nobody. */
function tagsOf(post: GhostPost, { tags, posts_tags }: GhostData): { names: string[]; internal: string[] } {
  const own = posts_tags
    .filter(({ post_id }) => post_id === post.id)
    .toSorted((one, other) => (one.sort_order ?? 0) - (other.sort_order ?? 0))
    .flatMap(({ tag_id }) => tags.find(({ id }) => id === tag_id) ?? [])
  const isInternal = (tag: (typeof own)[number]) => tag.visibility === 'internal' || tag.name.startsWith('#')
  return {
    names: own.filter((tag) => !isInternal(tag)).map(({ name }) => name),
    internal: own.filter(isInternal).map(({ name }) => name),
  }
}

/** Milliseconds since 1970 before Ghost 1, ISO 8601 since. */
function dateOf(value: string | number | null | undefined): Date | null {
  return readDate(typeof value === 'number' ? new Date(value) : value)
}
