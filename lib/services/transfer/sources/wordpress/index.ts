import { createHash } from 'node:crypto'
import path from 'node:path'
import { AppError } from '@/lib/errors'
import type { Bundle, BundleFile } from '@/lib/services/transfer/bundle'
import { refusal } from '@/lib/services/transfer/refusal'
import { siteAddress } from '@/lib/services/transfer/site-address'
import { fileFinder } from '@/lib/services/transfer/sources/find-file'
import type { Item, LinkTarget, Picture, Refused, Source } from '@/lib/services/transfer/sources/types'
import { type Attachment, itemOf, slugOf } from '@/lib/services/transfer/sources/wordpress/item'
import { wordPressLinkKey, wordPressLinkKeys } from '@/lib/services/transfer/sources/wordpress/links'
import { childText, readChannel, type XmlElement } from '@/lib/services/transfer/sources/wordpress/xml'

/**
 * An export of WordPress (WXR), in one file or several, alone or in a zip with `wp-content/uploads`. It is read twice:
 * covers and galleries name pictures by numbers, which may stand after them.
 *
 * @throws AppError `invalid`.
 */
export async function wordPressSource(bundle: Bundle, files: BundleFile[]): Promise<Source> {
  const { sites, attachments, targets, remarks } = await lookThrough(files)
  const find = fileFinder(bundle)
  const alts = new Map([...attachments.values()].map(({ address, alt }) => [address, alt]))
  return {
    async *items() {
      for (const file of files) {
        for await (const element of readChannel(file)) {
          if (element.name !== 'item' || !isText(element)) continue
          yield await readOne(element, sites.get(file) ?? '', attachments)
        }
      }
    },
    findPicture: (address) => findUpload(find, address, alts),
    targets: () => targets,
    linkKey: wordPressLinkKey,
    pictures: [],
    projects: [],
    remarks,
  }
}

type Overview = {
  sites: Map<BundleFile, string>
  attachments: Map<string, Attachment>
  targets: LinkTarget[]
  remarks: string[]
}

async function lookThrough(files: BundleFile[]): Promise<Overview> {
  const attachments = new Map<string, Attachment>()
  const others = new Map<string, number>()
  const sites = new Map<BundleFile, string>()
  const targets: LinkTarget[] = []
  for (const file of files) {
    let isExport = false
    for await (const element of readChannel(file)) {
      if (element.name === 'wp:wxr_version') isExport = true
      if (element.name === 'wp:base_blog_url') sites.set(file, element.text.trim())
      if (element.name !== 'item') continue
      const type = childText(element, 'wp:post_type')
      if (type === 'attachment') attachments.set(childText(element, 'wp:post_id'), attachmentOf(element))
      else if (isText(element)) targets.push(targetOf(element, sites.get(file) ?? ''))
      else others.set(type, (others.get(type) ?? 0) + 1)
    }
    if (!isExport)
      throw refusal(file.path, 'This XML is no export of WordPress: there is no wp:wxr_version in it.')
  }
  const counts = [...others].map(([type, count]) => `${count} × ${type || 'without a type'}`).join(', ')
  return {
    sites,
    attachments,
    targets,
    remarks: counts ? [`What is neither post nor page was left out: ${counts}.`] : [],
  }
}

/** What WordPress has begun by itself for somebody who then wrote nothing is no text. */
function isText(element: XmlElement): boolean {
  const isDraftOfNothing = childText(element, 'wp:status') === 'auto-draft'
  return ['post', 'page'].includes(childText(element, 'wp:post_type')) && !isDraftOfNothing
}

function attachmentOf(element: XmlElement): Attachment {
  const meta = element.children.filter(({ name }) => name === 'wp:postmeta')
  const alt = meta.find((one) => childText(one, 'wp:meta_key') === '_wp_attachment_image_alt')
  return {
    address: childText(element, 'wp:attachment_url').trim(),
    alt: alt ? childText(alt, 'wp:meta_value') : '',
  }
}

async function readOne(
  element: XmlElement,
  site: string,
  attachments: Map<string, Attachment>,
): Promise<Item | Refused> {
  const sourceId = sourceIdOf(element, site)
  try {
    return { ...(await itemOf(element, attachments)), site: { address: siteAddress(site) }, sourceId }
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== 'invalid') throw error
    return { sourceId, title: childText(element, 'title') || sourceId, refused: error.message }
  }
}

function targetOf(element: XmlElement, site: string): LinkTarget {
  const name = slugOf(childText(element, 'wp:post_name').trim())
  return {
    sourceId: sourceIdOf(element, site),
    name: name ?? childText(element, 'title').trim(),
    keys: wordPressLinkKeys(element, siteAddress(site)),
  }
}

function sourceIdOf(element: XmlElement, site: string): string {
  return `wordpress:${site}:${idOf(element)}`
}

/** What has no number is known by all that it says: better twice than not at all. */
function idOf(element: XmlElement): string {
  const number = childText(element, 'wp:post_id').trim()
  return number || createHash('sha256').update(JSON.stringify(element.children)).digest('hex')
}

/** A picture in a narrower size (`lamp-300x200.jpg`) is looked for as it was uploaded, too. */
function findUpload(
  find: (address: string, place: string) => BundleFile | null,
  address: string,
  alts: Map<string, string>,
): Picture | null {
  const [, below] = /\/wp-content\/uploads\/(.+)$/.exec(address) ?? []
  if (below === undefined) return null
  const asUploaded = (narrow: string) => narrow.replace(/-\d+x\d+(?=\.\w+$)/, '')
  const file = find(below, '') ?? find(asUploaded(below), '')
  const alt = alts.get(address) ?? alts.get(asUploaded(address)) ?? ''
  return file && { file, filename: path.posix.basename(file.path), alt, createdAt: null, uploadId: null }
}
