import { createHash } from 'node:crypto'
import { isId } from '@/lib/ids'
import { isSlug, slugOf } from '@/lib/services/posts/slug'
import { knownId } from '@/lib/services/transfer/import/known-id'
import type { LinkTarget, Source } from '@/lib/services/transfer/sources/types'
import type { Viewer } from '@/lib/services/viewer'
import { query, sql } from '@/lib/sql'

/** Where the posts of a source are found here, those that are not made yet too. */
export type Addresses = {
  /** The slug of the post that a link means by what it is known by; null if it is none of those known. */
  find(key: string): string | null
  /** The slug that a post is to have, and what links to it are known by; null for one that nothing leads to. */
  planned(sourceId: string): { slug: string; keys: string[] } | null
  /** Whether a slug is to be that of another post of this source. */
  isPromised(slug: string, sourceId: string): boolean
}

/**
 * Settles the address of every post of a source before the first is made, so that links lead to posts that come later,
 * too. What was imported before keeps the address that it has by now. Asked again it says the same, as long as nobody
 * takes an address meanwhile.
 */
export async function planAddresses(viewer: Viewer, source: Source): Promise<Addresses> {
  const targets: LinkTarget[] = []
  for await (const target of source.targets()) targets.push({ ...target, sourceId: knownId(target.sourceId) })
  const here = await findThere(viewer, targets)
  const taken = await findTaken(targets)
  const planned = new Map<string, { slug: string; keys: string[] }>()
  const promised = new Map<string, string>()
  for (const { sourceId, name, keys } of targets) {
    if (planned.has(sourceId)) continue
    const plain = plainSlug(name)
    const isFree = plain !== '' && !taken.has(plain) && !promised.has(plain)
    const slug = here.get(sourceId) ?? (isFree ? plain : otherSlug(plain, viewer, sourceId))
    promised.set(slug, sourceId)
    planned.set(sourceId, { slug, keys })
  }
  for (const [key, slug] of keysOf(planned)) here.set(key, slug)
  return {
    find: (key) => here.get(key) ?? null,
    planned: (sourceId) => planned.get(sourceId) ?? null,
    isPromised: (slug, sourceId) => (promised.get(slug) ?? sourceId) !== sourceId,
  }
}

/** What leads to each. The address that one post has now is another's former one at most: it comes last, and counts. */
function keysOf(planned: ReadonlyMap<string, { slug: string; keys: string[] }>): [string, string][] {
  const posts = [...planned]
  return [
    ...posts.flatMap(([, { slug, keys }]) => keys.slice(1).map((key): [string, string] => [key, slug])),
    ...posts.flatMap(([sourceId, { slug, keys }]) =>
      [sourceId, ...keys.slice(0, 1)].map((key): [string, string] => [key, slug]),
    ),
  ]
}

/** The slugs of what was imported before, in whatever file it came, by its ids and by what links to it are known by. */
async function findThere(viewer: Viewer, targets: LinkTarget[]): Promise<Map<string, string>> {
  const exported = targets.map(({ sourceId }) => sourceId.replace(/^inkwell:/, '')).filter(isId)
  const rows = await query<{ key: string; slug: string }>(sql`
    SELECT key, slug FROM imported_posts JOIN posts ON posts.id = post_id, unnest(link_keys || source_id) AS key
    WHERE owner_id = ${viewer.userId}
    UNION
    SELECT 'inkwell:' || id, slug FROM posts
    WHERE author_id = ${viewer.userId} AND id = ANY (${exported}::uuid[])`)
  const found = new Map<string, string>()
  const ambiguous = new Set<string>()
  for (const { key, slug } of rows) {
    if (found.has(key)) ambiguous.add(key)
    found.set(key, slug)
  }
  for (const key of ambiguous) found.delete(key)
  return found
}

async function findTaken(targets: LinkTarget[]): Promise<Set<string>> {
  const wanted = targets.map(({ name }) => plainSlug(name))
  const rows = await query<{ slug: string }>(sql`
    SELECT slug FROM posts WHERE slug = ANY (${wanted}::text[])
    UNION SELECT slug FROM former_slugs WHERE slug = ANY (${wanted}::text[])`)
  return new Set(rows.map(({ slug }) => slug))
}

function plainSlug(name: string): string {
  return isSlug(name) ? name : slugOf(name)
}

/** Like those of slugCandidates, but the same each time: an import that goes on must not think of another. */
function otherSlug(plain: string, { userId }: Viewer, sourceId: string): string {
  const mark = createHash('sha256').update(`${userId}\0${sourceId}`).digest('hex').slice(0, 6)
  return `${plain || 'post'}-${mark}`
}
