import { createHash } from 'node:crypto'
import path from 'node:path'
import { AppError } from '@/lib/errors'
import { slugOf } from '@/lib/services/posts/slug'
import type { Bundle, BundleFile } from '@/lib/services/transfer/bundle'
import { readText } from '@/lib/services/transfer/bundle/text'
import { verbatimIn } from '@/lib/services/transfer/convert'
import { readDate } from '@/lib/services/transfer/dates'
import { MARKDOWN_MAX_BYTES } from '@/lib/services/transfer/limits'
import { fileFinder } from '@/lib/services/transfer/sources/find-file'
import { readFields } from '@/lib/services/transfer/sources/markdown/fields'
import { readFrontMatter } from '@/lib/services/transfer/sources/markdown/front-matter'
import { inkwellId, inkwellLinkKey, inkwellTarget } from '@/lib/services/transfer/sources/markdown/links'
import { type Manifest, readManifest } from '@/lib/services/transfer/sources/markdown/manifest'
import { findSyntax, leadingHeading, pictureEmbeds } from '@/lib/services/transfer/sources/markdown/syntax'
import type { Item, LinkTarget, Picture, Refused, Site, Source } from '@/lib/services/transfer/sources/types'

/** Files of Markdown with front matter, as Inkwell exports them and as Hugo, Jekyll, Astro and Obsidian have them. */
export async function markdownSource(bundle: Bundle): Promise<Source> {
  const find = fileFinder(bundle)
  const manifest = await readManifest(bundle)
  const described = new Map(manifest?.pictures.map((picture) => [picture.file, picture]))
  const root = rootOf(bundle)
  const texts = [...bundle.files.values()].filter(isMarkdown).sort(byPath)
  const pictureOf = (file: BundleFile): Picture => {
    const known = described.get(file)
    const filename = path.posix.basename(file.path)
    return known ?? { file, filename, alt: '', createdAt: null, uploadId: null }
  }
  return {
    async *items() {
      for (const file of texts) yield await readOne(file, root, manifest)
    },
    async *targets() {
      // Other folders link from file to file, and what generators make of that is not known here.
      if (manifest) for (const file of texts) yield* await targetsOf(file, manifest.site)
    },
    linkKey: inkwellLinkKey,
    findPicture(address, place) {
      const file = find(address, place)
      return file && pictureOf(file)
    },
    pictures: described.values(),
    projects: manifest?.projects ?? [],
    remarks: manifest?.lost.length
      ? [`Lost already where it was exported, and not in the file: ${manifest.lost.join(', ')}.`]
      : [],
  }
}

export function isMarkdown({ path }: BundleFile): boolean {
  return /\.(md|markdown|mdown|mdx)$/i.test(path)
}

function byPath(one: BundleFile, other: BundleFile): number {
  return one.path < other.path ? -1 : 1
}

/** The folder that everything lies in, where there is one: zips of a repository have one named after their version. */
function rootOf(bundle: Bundle): string {
  const [first = '', ...others] = bundle.files.keys()
  const folders = first.split('/').slice(0, -1)
  for (let depth = folders.length; depth > 0; depth--) {
    const root = `${folders.slice(0, depth).join('/')}/`
    if (others.every((other) => other.startsWith(root))) return root
  }
  return ''
}

async function readOne(file: BundleFile, root: string, ours: Manifest | null): Promise<Item | Refused> {
  const place = file.path.slice(root.length)
  try {
    const sent = await readText(file, MARKDOWN_MAX_BYTES)
    // What is ours comes back to the letter; other files may come from Windows.
    const text = ours ? sent : sent.replace(/\r\n?/g, '\n')
    const { fields, content } = readFrontMatter(text, place)
    const sourceId = (ours && inkwellId(fields)) ?? contentId(place, text)
    const item = await itemOf(fields, content, place, ours !== null)
    return { ...item, place: file.path, site: ours?.site.address ? ours.site : null, sourceId }
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== 'invalid') throw error
    return { sourceId: contentId(place, ''), title: place, refused: error.message }
  }
}

async function targetsOf(file: BundleFile, site: Site): Promise<LinkTarget[]> {
  try {
    const { fields } = readFrontMatter(await readText(file, MARKDOWN_MAX_BYTES), file.path)
    return inkwellTarget(fields, site)
  } catch (error) {
    // What is wrong with it is told when it is its turn.
    if (error instanceof AppError && error.code === 'invalid') return []
    throw error
  }
}

/** A file has no id. Changed, or in another place, it is another one: better twice than not at all. */
function contentId(place: string, text: string): string {
  return `markdown:${createHash('sha256').update(`${place}\0${text}`).digest('hex')}`
}

async function itemOf(
  fields: Record<string, unknown>,
  typed: string,
  shown: string,
  exact: boolean,
): Promise<Omit<Item, 'sourceId' | 'place' | 'site'>> {
  const { date, slug } = nameOf(shown)
  const said = readFields(fields, date, exact)
  const heading = said.title === null ? leadingHeading(typed) : null
  const text = (heading?.rest ?? typed).replace(/^\n/, '')
  const content = exact ? text : await withoutEmbeds(text)
  return {
    ...said,
    title: said.title ?? heading?.title ?? (slug.replace(/[-_]+/g, ' ').trim() || shown),
    // The name of a file was not chosen for an address: what is left of it there is no loss.
    slug: said.slug ?? (slugOf(slug) || null),
    status: /(^|\/)_drafts\//.test(shown) ? 'draft' : said.status,
    content,
    exact,
    remarks: exact ? said.remarks : [...said.remarks, ...findSyntax(content)],
  }
}

/** A text that takes too long to be read keeps what it has. */
async function withoutEmbeds(text: string): Promise<string> {
  const verbatim = text.includes('![[') ? await verbatimIn(text) : null
  return verbatim ? pictureEmbeds(text, verbatim) : text
}

/** `2024-03-05-a-title.md` is Jekyll’s, `a-title/index.md` a page bundle of Hugo’s. */
function nameOf(place: string): { date: Date | null; slug: string } {
  const parts = place.split('/')
  const stem = (parts.at(-1) ?? '').replace(/\.\w+$/, '')
  const name = /^_?index$/i.test(stem) ? (parts.at(-2) ?? stem) : stem
  const [, day = null, rest = ''] = /^(\d{4}-\d{1,2}-\d{1,2})-(.+)$/.exec(name) ?? []
  return day ? { date: readDate(day), slug: rest } : { date: null, slug: name }
}
