import { isId, newId } from '@/lib/ids'
import type { DraftFields, DraftMark, KeptDraft } from '@/lib/schemas/drafts'
import type { Viewer } from '@/lib/services/viewer'
import { query, type Sql, sql } from '@/lib/sql'

/** What was typed into the editor and not saved. `base` is the version it was made from, 0 for a new post. */
export type PostDraft = {
  id: string
  postId: string | null
  base: number
  fields: DraftFields
  revision: number
  /** Who wrote the last revision: see keepDraft. */
  sitting: string
  updatedAt: Date
}

/** Which row the text is in now, and its revision. */
export type DraftPlace = { id: string; revision: number }

const columns = sql`id, post_id AS "postId", base, fields, revision, sitting, updated_at AS "updatedAt"`

/**
 * Keeps what has been typed so far, privately. A sitting keeps into its own row, as often as it likes. A row that another
 * sitting has written is only taken over by who knows its last revision; else the text gets a row of its own, so that of
 * two who write at once neither loses a word.
 */
export async function keepDraft(viewer: Viewer, draft: KeptDraft): Promise<DraftPlace> {
  return (await write(viewer, draft.id, draft)) ?? (await write(viewer, newId(), draft)) ?? neverTaken()
}

async function write(viewer: Viewer, id: string, draft: KeptDraft): Promise<DraftPlace | null> {
  const { sitting, revision, base, postId } = draft
  const [row] = await query<DraftPlace>(sql`
    INSERT INTO post_drafts (id, user_id, post_id, base, fields, sitting)
    VALUES (${id}, ${viewer.userId}, ${ownPost(viewer, postId)}, ${base}, ${JSON.stringify(draft.fields)}::jsonb, ${sitting})
    ON CONFLICT (id) DO UPDATE SET fields = excluded.fields, base = excluded.base, post_id = excluded.post_id,
      sitting = excluded.sitting, updated_at = now(),
      -- Sent again, it is the same revision: whoever knows of it knows all of it.
      revision = post_drafts.revision + CASE
        WHEN (post_drafts.sitting, post_drafts.fields) = (excluded.sitting, excluded.fields) THEN 0 ELSE 1 END
    WHERE post_drafts.user_id = excluded.user_id
      AND (post_drafts.sitting = excluded.sitting OR post_drafts.revision = ${revision})
    RETURNING id, revision`)
  return row ?? null
}

/** A post that is not the viewer's, or no more, is none: what was typed is kept all the same. */
function ownPost({ userId }: Viewer, postId: string | null): Sql {
  return sql`(SELECT id FROM posts WHERE id = ${postId}::uuid AND author_id = ${userId})`
}

function neverTaken(): never {
  throw new Error('an id that is new was taken')
}

/**
 * Puts other words into a draft, in the place of the revision that the mark tells.
 *
 * @returns whether it was still that.
 */
export async function rewriteDraft(viewer: Viewer, mark: DraftMark, fields: DraftFields): Promise<boolean> {
  const rows = await query(sql`
    UPDATE post_drafts SET fields = ${JSON.stringify(fields)}::jsonb, sitting = ${mark.sitting},
      revision = revision + 1, updated_at = now()
    WHERE id = ${mark.id} AND user_id = ${viewer.userId} AND revision = ${mark.revision} RETURNING id`)
  return rows.length > 0
}

/** One of the viewer's drafts; null if there is none such. */
export async function findDraft(viewer: Viewer, id: string): Promise<PostDraft | null> {
  if (!isId(id)) return null
  const [row] = await query<PostDraft>(
    sql`SELECT ${columns} FROM post_drafts WHERE id = ${id} AND user_id = ${viewer.userId}`,
  )
  return row ?? null
}

/** What the viewer typed at this post that none of its versions says, the latest first. */
export function unsavedDrafts(viewer: Viewer, postId: string): Promise<PostDraft[]> {
  return query<PostDraft>(sql`
    SELECT ${columns} FROM post_drafts
    WHERE post_id = ${postId} AND user_id = ${viewer.userId} AND NOT EXISTS (
      SELECT FROM post_versions v JOIN posts p ON p.id = v.post_id
      WHERE v.post_id = post_drafts.post_id AND v.version >= base
        AND v.title = btrim(fields->>'title', ${SPACES}) AND v.content = fields->>'content'
        AND v.excerpt = btrim(fields->>'excerpt', ${SPACES})
        AND ${saysOfPost('tags', sql`array_to_string(p.tags, ', ')`)} AND ${saysOfPost('slug', sql`p.slug`)}
        AND ${saysOfPost('coverUploadId', sql`coalesce(p.cover_upload_id::text, '')`)}
    ) ORDER BY updated_at DESC LIMIT 20`)
}

/** Whether a field of a draft says what the post says. */
function saysOfPost(field: string, value: Sql): Sql {
  return sql`coalesce(fields->>${field}::text, ${value}) = ${value}`
}

/** What forms take from both ends of a line. */
const SPACES = ' \t\r\n'

/** What the viewer typed at posts that were never made, the latest first. */
export function newDrafts(viewer: Viewer): Promise<Pick<PostDraft, 'id' | 'fields' | 'updatedAt'>[]> {
  return query(sql`
    SELECT id, jsonb_build_object('title', fields->>'title', 'content', left(fields->>'content', 80)) AS fields,
      updated_at AS "updatedAt"
    FROM post_drafts WHERE user_id = ${viewer.userId} AND post_id IS NULL ORDER BY updated_at DESC LIMIT 20`)
}

/**
 * Forgets a draft, as one that has been saved: only what the mark’s form knew of it. What another sitting has written into
 * the row since is in no version. One that is not there is fine.
 */
export async function dropDraft(viewer: Viewer, mark: DraftMark | null): Promise<void> {
  if (!mark) return
  await query(sql`
    DELETE FROM post_drafts WHERE id = ${mark.id} AND user_id = ${viewer.userId}
      AND (sitting = ${mark.sitting} OR revision = ${mark.revision})`)
}

/** Forgets what nobody came back for. */
export async function forgetDrafts(): Promise<void> {
  await query(sql`DELETE FROM post_drafts WHERE updated_at < now() - ${DRAFT_DAYS}::int * interval '1 day'`)
}

/** How long what was not saved is kept. */
const DRAFT_DAYS = 90
