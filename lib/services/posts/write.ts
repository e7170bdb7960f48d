import { violatedReference, violatedUnique } from '@/lib/db-errors'
import { AppError, notFound } from '@/lib/errors'
import { isId, newId } from '@/lib/ids'
import type { NewPost, PostPatch, PostView } from '@/lib/schemas/posts'
import { fingerprint, takeAttempt } from '@/lib/services/attempts'
import { readPost } from '@/lib/services/posts/read'
import { slugCandidates } from '@/lib/services/posts/slug'
import { type PostRow, postColumns, postView } from '@/lib/services/posts/view'
import type { Viewer } from '@/lib/services/viewer'
import { type Query, query, sql, transaction } from '@/lib/sql'

/**
 * Makes a post. With an attempt key, the same key and input answer the post that was made the first time.
 *
 * @throws AppError `invalid` (the cover is not one of the viewer's uploads), `key_reused`.
 */
export async function createPost(viewer: Viewer, input: NewPost, key: string | null): Promise<PostView> {
  await checkCover(viewer, input.coverUploadId)
  const id = newId()
  const made = await coverIsThere(() =>
    (key ? transaction : byItself)(async (query) => {
      const attempt = key && { key, fingerprint: fingerprint('createPost', input) }
      const earlier = attempt && (await takeAttempt(query, viewer, attempt, id))
      return earlier ? { earlier } : insertPost(query, viewer, id, input)
    }),
  )
  return 'earlier' in made ? readPost(viewer, made.earlier) : made
}

/**
 * Changes what the patch names, as a new version.
 *
 * @param expected the versions the caller may be changing; null for whichever is there.
 * @throws AppError `not_found`, `invalid` (the cover), `precondition_failed` if somebody saved meanwhile.
 */
export async function updatePost(
  viewer: Viewer,
  id: string,
  patch: PostPatch,
  expected: number[] | null,
): Promise<PostView> {
  if (!isId(id)) throw notFound('post')
  await checkCover(viewer, patch.coverUploadId ?? null)
  const before = await readPost(viewer, id)
  // An address that has been public stays; until then it follows the title.
  const follows = before.publishedAt === null && patch.title !== undefined && patch.title !== before.title
  for (const slug of follows ? slugCandidates(patch.title ?? '') : [before.slug]) {
    try {
      return await coverIsThere(() => savePost(viewer, id, { ...patch, slug }, expected))
    } catch (error) {
      if (violatedUnique(error) !== 'posts_slug_key') throw error
    }
  }
  throw new Error('slugCandidates never ends')
}

/** To the trash, from where it can be put back. @throws AppError `not_found`. */
export async function deletePost(viewer: Viewer, id: string): Promise<PostView> {
  return setDeleted(viewer, id, true)
}

/** Back from the trash, as it was. @throws AppError `not_found`. */
export async function restorePost(viewer: Viewer, id: string): Promise<PostView> {
  return setDeleted(viewer, id, false)
}

async function setDeleted(viewer: Viewer, id: string, deleted: boolean): Promise<PostView> {
  if (!isId(id)) throw notFound('post')
  const [row] = await query<PostRow>(sql`
    UPDATE posts SET deleted_at = CASE WHEN ${deleted} THEN now() END
    WHERE id = ${id} AND author_id = ${viewer.userId} AND (deleted_at IS NULL) = ${deleted}
    RETURNING ${postColumns}`)
  if (!row) throw notFound('post')
  return postView(row)
}

/** Work of one statement is a transaction of its own, and is spared two round trips. */
async function byItself<Result>(work: (query: Query) => Promise<Result>): Promise<Result> {
  return work(query)
}

async function insertPost(query: Query, viewer: Viewer, id: string, input: NewPost): Promise<PostView> {
  for (const slug of slugCandidates(input.title)) {
    const [row] = await query<PostRow>(sql`
      WITH made AS (
        INSERT INTO posts (id, author_id, title, content, excerpt, slug, status, cover_upload_id, published_at)
        VALUES (${id}, ${viewer.userId}, ${input.title}, ${input.content}, ${input.excerpt}, ${slug},
          ${input.status}::post_status, ${input.coverUploadId},
          CASE WHEN ${input.status} = 'published' THEN now() END)
        ON CONFLICT (slug) DO NOTHING RETURNING *
      ), history AS (
        INSERT INTO post_versions (post_id, version, title, content, excerpt)
        SELECT id, version, title, content, excerpt FROM made
      )
      SELECT ${postColumns} FROM made`)
    if (row) return postView(row)
  }
  throw new Error('slugCandidates never ends')
}

async function savePost(
  viewer: Viewer,
  id: string,
  { slug, ...patch }: PostPatch & { slug: string },
  expected: number[] | null,
): Promise<PostView> {
  const [row] = await query<PostRow>(sql`
    WITH saved AS (
      UPDATE posts SET
        title = coalesce(${patch.title ?? null}, title), content = coalesce(${patch.content ?? null}, content),
        excerpt = coalesce(${patch.excerpt ?? null}, excerpt), slug = ${slug},
        status = coalesce(${patch.status ?? null}::post_status, status),
        cover_upload_id = CASE WHEN ${patch.coverUploadId !== undefined} THEN ${patch.coverUploadId ?? null}::uuid ELSE cover_upload_id END,
        published_at = CASE WHEN ${patch.status ?? null} = 'published' THEN coalesce(published_at, now()) ELSE published_at END,
        version = version + 1, updated_at = now()
      WHERE id = ${id} AND author_id = ${viewer.userId} AND deleted_at IS NULL
        AND (${expected}::int[] IS NULL OR version = ANY (${expected}::int[]))
      RETURNING *
    ), history AS (
      INSERT INTO post_versions (post_id, version, title, content, excerpt)
      SELECT id, version, title, content, excerpt FROM saved
    )
    SELECT ${postColumns} FROM saved`)
  if (row) return postView(row)
  const { version } = await readPost(viewer, id)
  throw new AppError('precondition_failed', 'This post was saved elsewhere since you opened it.', {
    facts: { version },
  })
}

async function checkCover(viewer: Viewer, uploadId: string | null): Promise<void> {
  if (!uploadId) return
  const rows = await query(sql`SELECT FROM uploads WHERE id = ${uploadId} AND owner_id = ${viewer.userId}`)
  if (rows.length === 0) throw notYourUpload()
}

/** An upload may be deleted between the look at it and the save: then the foreign key has the last word. */
async function coverIsThere<Saved>(save: () => Promise<Saved>): Promise<Saved> {
  try {
    return await save()
  } catch (error) {
    throw violatedReference(error) === 'posts_cover_upload_id_fkey' ? notYourUpload() : error
  }
}

function notYourUpload(): AppError {
  const detail = 'This is not one of your uploads.'
  return new AppError('invalid', detail, { fields: [{ pointer: '/coverUploadId', detail }] })
}
