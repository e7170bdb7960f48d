import { generateAtomFeed, generateJsonFeed, generateRssFeed } from 'feedsmith'
import { plainExcerpt, renderMarkdown } from '@/lib/markdown'
import type { PublishedPost } from '@/lib/services/posts/read'
import { asHtml } from '@/lib/syndication/as-html'

/** The forms of the feed, where each is, and as what it is served. */
export const FEEDS = {
  rss: { path: '/feed.xml', type: 'application/rss+xml' },
  atom: { path: '/atom.xml', type: 'application/atom+xml' },
  json: { path: '/feed.json', type: 'application/feed+json' },
} as const
export type FeedForm = keyof typeof FEEDS

const TITLE = 'Inkwell'
const DESCRIPTION = 'What is published here, newest first.'

/**
 * The feed of these posts, whole, newest first: RSS 2.0, Atom (RFC 4287) or JSON Feed 1.1.
 *
 * @param origin where this site is: addresses in a feed are absolute, since it is read elsewhere.
 */
export async function writeFeed(
  form: FeedForm,
  posts: readonly PublishedPost[],
  origin: string,
): Promise<string> {
  const entries: Entry[] = []
  // One after the other: a feed of long texts leaves threads to those who wait for a page.
  for (const post of posts) entries.push(await entryOf(post, origin))
  return WRITERS[form](entries, origin)
}

type Entry = Awaited<ReturnType<typeof entryOf>>

async function entryOf(post: PublishedPost, origin: string) {
  const { id, title, content, excerpt, slug, author, cover, tags, publishedAt, createdAt, updatedAt } = post
  const url = `${origin}/posts/${encodeURI(slug)}`
  return {
    // It stays when the title, and with it the address, changes.
    id: `urn:uuid:${id}`,
    url,
    title: printable(title),
    summary: printable(excerpt || (await plainExcerpt(content))),
    html: printable(await renderMarkdown(content, { page: url, prefix: `post-${id}-` })),
    author: printable(author),
    tags: tags.map(printable),
    image: cover && { url: origin + cover.url, type: cover.mime, length: cover.bytes },
    // Of the three forms each has a place of its own for what the cover shows.
    alt: printable(cover?.alt ?? ''),
    published: new Date(publishedAt ?? createdAt),
    updated: new Date(updatedAt),
  }
}

const WRITERS: Record<FeedForm, (entries: Entry[], origin: string) => string> = {
  rss: (entries, origin) =>
    generateRssFeed({
      title: TITLE,
      link: `${origin}/posts`,
      description: DESCRIPTION,
      lastBuildDate: latest(entries),
      atom: { links: [{ href: origin + FEEDS.rss.path, rel: 'self', type: FEEDS.rss.type }] },
      items: entries.map((it) => ({
        // Both are read as HTML.
        title: asHtml(it.title),
        link: it.url,
        guid: { value: it.id, isPermaLink: false },
        pubDate: it.published,
        description: asHtml(it.summary),
        content: { encoded: it.html },
        // RSS has no author without an email address.
        dc: { creators: [it.author] },
        categories: it.tags.map((name) => ({ name })),
        ...(it.image ? { enclosures: [it.image], media: { contents: [mediaOf(it.image, it.alt)] } } : {}),
      })),
    }),
  atom: (entries, origin) =>
    generateAtomFeed({
      id: `${origin}/posts`,
      title: { value: TITLE, type: 'text' },
      subtitle: { value: DESCRIPTION, type: 'text' },
      updated: latest(entries),
      links: [
        { href: origin + FEEDS.atom.path, rel: 'self', type: FEEDS.atom.type },
        { href: `${origin}/posts`, rel: 'alternate', type: 'text/html' },
      ],
      entries: entries.map((it) => ({
        id: it.id,
        title: { value: it.title, type: 'text' },
        links: [
          { href: it.url, rel: 'alternate', type: 'text/html' },
          ...(it.image
            ? [
                {
                  href: it.image.url,
                  rel: 'enclosure',
                  type: it.image.type,
                  length: it.image.length,
                  ...(it.alt ? { title: it.alt } : {}),
                },
              ]
            : []),
        ],
        published: it.published,
        updated: it.updated,
        authors: [{ name: it.author }],
        summary: { value: it.summary, type: 'text' },
        categories: it.tags.map((term) => ({ term })),
        content: { value: it.html, type: 'html' },
      })),
    }),
  json: (entries, origin) =>
    JSON.stringify(
      generateJsonFeed({
        title: TITLE,
        description: DESCRIPTION,
        home_page_url: `${origin}/posts`,
        feed_url: origin + FEEDS.json.path,
        items: entries.map((it) => ({
          id: it.id,
          url: it.url,
          title: it.title,
          summary: it.summary,
          content_html: it.html,
          date_published: it.published,
          date_modified: it.updated,
          authors: [{ name: it.author }],
          ...(it.tags.length > 0 ? { tags: it.tags } : {}),
          ...(it.image ? { image: it.image.url, attachments: [attachmentOf(it.image, it.alt)] } : {}),
        })),
      }),
    ),
}

type Enclosure = { url: string; type: string; length: number }

function mediaOf({ url, type, length }: Enclosure, alt: string) {
  return { url, type, fileSize: length, ...(alt ? { description: { value: alt, type: 'plain' } } : {}) }
}

function attachmentOf({ url, type, length }: Enclosure, alt: string) {
  return { url, mime_type: type, size_in_bytes: length, ...(alt ? { title: alt } : {}) }
}

/** When anything of it last changed; of an empty feed, a date that stays. */
function latest(entries: Entry[]): Date {
  return new Date(Math.max(0, ...entries.map(({ updated }) => updated.getTime())))
}

/** Without the characters that XML 1.0 can't hold (section 2.2), not even escaped. */
function printable(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are the ones to leave out
  return text.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '')
}
