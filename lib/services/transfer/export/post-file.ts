import { stringify } from 'yaml'
import { env } from '@/lib/env'
import { addressesIn } from '@/lib/services/transfer/convert'
import { replaceAddresses } from '@/lib/services/transfer/convert/replace'
import { pictureName } from '@/lib/services/transfer/export/manifest'
import { type ExportedPost, type ExportedUpload, ownUploads } from '@/lib/services/transfer/export/rows'
import type { Viewer } from '@/lib/services/viewer'

/**
 * A post as a Markdown file with front matter, in `posts/`, or in `trash/`. Its links to the viewer's own pictures lead to
 * the files beside it, so that the folder reads by itself.
 */
export async function postFile(viewer: Viewer, post: ExportedPost): Promise<{ name: string; text: string }> {
  // A text that takes too long to be read keeps its addresses.
  const places = (await addressesIn(post.content)) ?? []
  const shown = places.flatMap(({ address }) => uploadIn(address)?.[1] ?? [])
  const uploads = await ownUploads(viewer, [
    ...new Set([...shown, ...(post.coverUploadId ? [post.coverUploadId] : [])]),
  ])
  const content = replaceAddresses(post.content, places, (address) => {
    const [, id = '', query = ''] = uploadIn(address) ?? []
    const upload = uploads.get(id)
    return upload ? fileAddress(upload) + query : null
  })
  const cover = post.coverUploadId && uploads.get(post.coverUploadId)
  const matter = stringify(fields(post, cover ? fileAddress(cover) : null), { lineWidth: 0 })
  return {
    name: `${post.deletedAt ? 'trash' : 'posts'}/${post.slug}.md`,
    text: `---\n${matter}---\n\n${content}`,
  }
}

/** What there is to say of it, in the order in which it is read. What is empty is left out. */
function fields(post: ExportedPost, cover: string | null): Record<string, unknown> {
  const all = {
    id: post.id,
    title: post.title,
    slug: post.slug,
    status: post.status,
    createdAt: post.createdAt.toISOString(),
    updatedAt: post.updatedAt.toISOString(),
    publishedAt: post.publishedAt?.toISOString(),
    publishAt: post.publishAt?.toISOString(),
    excerpt: post.excerpt || undefined,
    tags: post.tags.length > 0 ? post.tags : undefined,
    cover: cover ?? undefined,
    formerSlugs: post.formerSlugs.length > 0 ? post.formerSlugs : undefined,
    trashed: post.deletedAt ? true : undefined,
  }
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined))
}

/** The id of the upload of this site that an address means, and the query after it. */
function uploadIn(address: string): [string, string, string] | null {
  const path = address.startsWith(`${env().APP_URL}/`) ? address.slice(env().APP_URL.length) : address
  const [whole, id, query = ''] = /^\/uploads\/([\da-f-]{36})\/[^/?#]+(\?w=\d+)?$/.exec(path) ?? []
  return whole && id ? [whole, id, query] : null
}

function fileAddress(upload: ExportedUpload): string {
  return `../${pictureName({ id: upload.id, filename: encodeURIComponent(upload.filename) })}`
}
