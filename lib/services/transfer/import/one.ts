import { AppError } from '@/lib/errors'
import { isId, newId } from '@/lib/ids'
import { insertImported } from '@/lib/services/posts/import'
import { isSlug } from '@/lib/services/posts/slug'
import { databaseTime } from '@/lib/services/transfer/database-time'
import type { Addresses } from '@/lib/services/transfer/import/addresses'
import { fit } from '@/lib/services/transfer/import/fit'
import { knownId } from '@/lib/services/transfer/import/known-id'
import { linkItem } from '@/lib/services/transfer/import/links'
import type { Taken } from '@/lib/services/transfer/import/pictures'
import type { Item, Picture, Refused, Source } from '@/lib/services/transfer/sources/types'
import { storable } from '@/lib/services/transfer/storable'
import { altOf } from '@/lib/services/uploads/alt'
import type { Viewer } from '@/lib/services/viewer'
import { type Query, query, sql, transaction } from '@/lib/sql'

export type Context = {
  viewer: Viewer
  importId: string
  source: Source
  take: (picture: Picture) => Promise<Taken>
  addresses: Addresses
  /** The address of the site that all of it comes from, where somebody has said it. */
  site: string | null
}

/** Makes a post of one item, or says why there is none, and writes down which. Done before, it does nothing. */
export async function importOne(context: Context, read: Item | Refused, position: number): Promise<void> {
  const { importId, viewer } = context
  const sourceId = knownId(read.sourceId)
  const item = { ...read, sourceId }
  const done = await query<{ position: number }>(sql`
    SELECT position FROM import_items
    WHERE import_id = ${importId} AND (source_id = ${sourceId} OR position = ${position})`)
  if (done.some((line) => line.position === position)) return
  const line = { importId, position, sourceId }
  const title = storable(item.title).trim() || ('place' in item ? item.place : '')
  const refuse = (reason: string, id = sourceId) =>
    note(query, { ...line, sourceId: id, outcome: 'refused', title, postId: null, remarks: [reason] })
  if (done.length > 0) return refuse(SAME_ID, `${sourceId}#${position}`)
  if ('refused' in item) return refuse(item.refused)
  const there = await findMade(query, viewer, item.sourceId)
  if (there) return note(query, { ...line, outcome: 'there', title, ...there })
  try {
    await make(context, item, position)
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== 'invalid') throw error
    await refuse(error.message)
  }
}

const SAME_ID =
  'It has the same id as another before it in the file. Give it one of its own, or none, and import it again.'

async function make(context: Context, item: Item, position: number): Promise<void> {
  const { viewer, importId, addresses } = context
  const now = await databaseTime()
  fit(item, now)
  // Pictures are made before the post that shows them, and found again if that comes to nothing.
  const { cover, ...linked } = await linkItem(item, context)
  const post = fit({ ...item, ...linked, remarks: [...item.remarks, ...linked.remarks] }, now)
  const plan = addresses.planned(item.sourceId)
  const formerSlugs = post.formerSlugs.filter((slug) => !addresses.isPromised(slug, item.sourceId))
  const id = newId()
  await transaction(async (run) => {
    // Locked first: of two runners, one that lost its lease and woke up, one makes it.
    await run(sql`SELECT FROM users WHERE id = ${viewer.userId} FOR NO KEY UPDATE`)
    const line = { importId, position, sourceId: item.sourceId, title: post.title }
    const there = await findMade(run, viewer, item.sourceId)
    if (there) return note(run, { ...line, outcome: 'there', ...there })
    const { slug } = await insertImported(run, viewer, id, {
      ...post,
      slug: plan?.slug ?? post.slug,
      formerSlugs,
      coverUploadId: cover?.id ?? null,
    })
    await run(sql`
      INSERT INTO imported_posts (owner_id, source_id, post_id, link_keys)
      VALUES (${viewer.userId}, ${item.sourceId}, ${id}, ${(plan?.keys ?? []).map(storable)}::text[])`)
    await note(run, {
      ...line,
      outcome: 'made',
      postId: id,
      remarks: [
        ...post.remarks,
        ...addressRemark(post.slug, slug, plan?.slug),
        ...(await coverRemark(viewer, cover, post)),
      ],
    })
  })
}

type Line = {
  importId: string
  sourceId: string
  position: number
  outcome: 'made' | 'there' | 'refused'
  title: string
  postId: string | null
  remarks: string[]
}

async function note(run: Query, line: Line): Promise<void> {
  await run(sql`
    INSERT INTO import_items (import_id, source_id, position, outcome, title, post_id, remarks)
    VALUES (${line.importId}, ${line.sourceId}, ${line.position}, ${line.outcome}, ${line.title}, ${line.postId},
      ${line.remarks.map(storable)}::text[])
    ON CONFLICT DO NOTHING`)
}

/** What was made of this before, by whatever import, or what this was exported from. */
async function findMade(
  run: Query,
  viewer: Viewer,
  sourceId: string,
): Promise<{ postId: string; remarks: string[] } | null> {
  const [, exportedFrom = ''] = /^inkwell:(.*)$/.exec(sourceId) ?? []
  const [row] = await run<{ id: string; trashed: boolean }>(sql`
    SELECT id, deleted_at IS NOT NULL AS trashed FROM posts
    WHERE author_id = ${viewer.userId} AND id = coalesce(
      (SELECT post_id FROM imported_posts WHERE owner_id = ${viewer.userId} AND source_id = ${sourceId}),
      ${isId(exportedFrom) ? exportedFrom : null}::uuid)`)
  if (!row) return null
  return { postId: row.id, remarks: row.trashed ? ['It is in the trash.'] : [] }
}

/** A cover comes as it is, since posts would not be found any more if they all waited for words. */
async function coverRemark(
  viewer: Viewer,
  cover: { id: string } | null,
  { status, publishAt }: { status: string; publishAt: Date | null },
): Promise<string[]> {
  if (!cover || (await altOf(viewer, cover.id)) !== '') return []
  if (status === 'published')
    return ['It is public, and nobody has said what its cover shows: write it under Uploads.']
  return publishAt
    ? ['It is not published at its time until somebody has said what its cover shows, under Uploads.']
    : []
}

function addressRemark(wanted: string | null, got: string, planned = got): string[] {
  const missed = `Somebody took /posts/${planned} meanwhile: links to it in other posts of the file lead there.`
  const late = planned === got ? [] : [missed]
  if (wanted === null || wanted === got) return late
  const why = isSlug(wanted) ? 'is taken' : 'is not of small Latin letters, digits and hyphens'
  return [`Its address is /posts/${got}, since “${wanted}” ${why}.`, ...late]
}
