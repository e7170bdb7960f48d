import path from 'node:path'
import { AppError } from '@/lib/errors'
import type { Bundle } from '@/lib/services/transfer/bundle'
import { refusal } from '@/lib/services/transfer/refusal'
import { fileFinder } from '@/lib/services/transfer/sources/find-file'
import { itemOf } from '@/lib/services/transfer/sources/ghost/item'
import { ghostLinkKey, ghostLinkKeys } from '@/lib/services/transfer/sources/ghost/links'
import {
  type GhostData,
  type GhostPost,
  ghostData,
  ghostPost,
} from '@/lib/services/transfer/sources/ghost/schema'
import type { Item, LinkTarget, Refused, Source } from '@/lib/services/transfer/sources/types'

/** An export of Ghost, alone or in a zip with its `content/images`. @throws AppError `invalid`. */
export function ghostSource(bundle: Bundle, json: unknown): Source {
  const parsed = ghostData.safeParse(dataOf(json))
  if (!parsed.success) {
    const [issue] = parsed.error.issues
    throw refusal('', `This is no export of Ghost: db[0].data.${issue?.path.join('.')}: ${issue?.message}.`)
  }
  const data = parsed.data
  const find = fileFinder(bundle)
  return {
    async *items() {
      for (const [n, raw] of data.posts.entries()) yield await readOne(raw, n, data)
    },
    findPicture(address) {
      const file = find(address.replace(/^https?:\/\/[^/]+(?=\/content\/)/, ''), '')
      return (
        file && { file, filename: path.posix.basename(file.path), alt: '', createdAt: null, uploadId: null }
      )
    },
    targets: () => data.posts.flatMap(targetOf),
    linkKey: ghostLinkKey,
    pictures: [],
    projects: [],
    remarks: [],
  }
}

/** Whether there is a list of posts where Ghost has it. */
export function isGhostExport(json: unknown): boolean {
  return Array.isArray((dataOf(json) as { posts?: unknown } | undefined)?.posts)
}

/** `{ db: [{ data }] }`; tools that write for Ghost may leave out the list. */
function dataOf(json: unknown): unknown {
  const whole = json as { db?: { data?: unknown }[]; data?: unknown } | null
  return whole?.db?.[0]?.data ?? whole?.data
}

async function readOne(raw: unknown, n: number, data: GhostData): Promise<Item | Refused> {
  const parsed = ghostPost.safeParse(raw)
  if (!parsed.success) {
    const [issue] = parsed.error.issues
    const refused = `db[0].data.posts[${n}].${issue?.path.join('.')}: ${issue?.message}.`
    return { sourceId: `ghost:#${n}`, title: `Post ${n + 1}`, refused }
  }
  const post = parsed.data
  const sourceId = idOf(post)
  try {
    return { ...(await itemOf(post, data)), sourceId }
  } catch (error) {
    return { sourceId, title: post.title ?? `Post ${n + 1}`, refused: reasonOf(error) }
  }
}

function idOf(post: GhostPost): string {
  return `ghost:${post.uuid || `${post.slug}:${post.id}`}`
}

function targetOf(raw: unknown): LinkTarget[] {
  const parsed = ghostPost.safeParse(raw)
  if (!parsed.success) return []
  const post = parsed.data
  return [{ sourceId: idOf(post), name: post.slug || post.title || '', keys: ghostLinkKeys(post.slug) }]
}

/**
 * Cards hold whatever their makers put there, as deep as they like. What stumbles over one costs its post, not the others.
 *
 * @throws what has nothing to do with the text.
 */
function reasonOf(error: unknown): string {
  if (error instanceof AppError && error.code === 'invalid') return error.message
  if (error instanceof RangeError) return 'Its text is nested too deep.'
  if (error instanceof TypeError) return 'Its text is not as Ghost’s editor keeps it.'
  throw error
}
