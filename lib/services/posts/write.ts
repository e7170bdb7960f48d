import { violatedReference } from '@/lib/db-errors'
import { AppError, notFound } from '@/lib/errors'
import { isId, newId } from '@/lib/ids'
import type { NewPost, PostExtras, PostPatch, PostView } from '@/lib/schemas/posts'
import { earlierAttempt, fingerprint, takeAttempt } from '@/lib/services/attempts'
import { isSlugTaken, lookingAgain, slugsFor, slugTaken } from '@/lib/services/posts/addresses'
import { readDetails } from '@/lib/services/posts/details'
import { readPost } from '@/lib/services/posts/read'
import { badTime, checkAhead } from '@/lib/services/posts/schedule'
import { slugCandidates } from '@/lib/services/posts/slug'
import { type Tags, tagsFrom } from '@/lib/services/posts/tags'
import { keepVersions } from '@/lib/services/posts/versions'
import { type PostRow, postColumns, postView } from '@/lib/services/posts/view'
import { altOf, describeWithin } from '@/lib/services/uploads/alt'
import type { Viewer } from '@/lib/services/viewer'
import { type Query, query, sql, transaction } from '@/lib/sql'

/**
 * Makes a post. With an attempt key, the same key and input answer the post that was made the first time, as it is now.
 *
 * @throws AppError `invalid` (the cover is not one of the viewer's uploads, or silent on what is scheduled; slug, tags,
 *   time), `key_reused`.
 */
export async function createPost(
  viewer: Viewer,
  input: NewPost & PostExtras,
  key: string | null,
): Promise<PostView> {
  const attempt = key ? { key, fingerprint: fingerprint('createPost', input) } : null
  // Asked before anything is checked that may have changed since it was made: its cover may be gone, its time come.
  const before = attempt && (await earlierAttempt(viewer, attempt))
  if (before) return readPost(viewer, before)
  await checkCover(viewer, input.coverUploadId, Boolean(input.publishAt), input.described)
  await checkSchedule(input.status, input.publishAt)
  const id = newId()
  const tags = tagsFrom(input.tags ?? [])
  const made = await lookingAgain(() =>
    coverIsThere(() =>
      (key || input.described ? transaction : byItself)(async (query) => {
        const earlier = attempt && (await takeAttempt(query, viewer, attempt, id))
        if (earlier) return { earlier }
        if (input.described) await describeWithin(query, viewer, input.described, COVER_ALT)
        return insertPost(query, viewer, id, { ...input, ...tags })
      }),
    ),
  )
  return 'earlier' in made ? readPost(viewer, made.earlier) : made
}

/**
 * Changes what the patch names, as a new version. One that names nothing changes nothing.
 *
 * @param expected the versions the caller may be changing; null for whichever is there.
 * @throws AppError `not_found`, `invalid` (cover, slug, tags, time), `precondition_failed` if somebody saved meanwhile.
 */
export async function updatePost(
  viewer: Viewer,
  id: string,
  patch: PostPatch & PostExtras,
  expected: number[] | null,
): Promise<PostView> {
  if (!isId(id)) throw notFound('post')
  const before = await readPost(viewer, id)
  if (Object.values(patch).every((value) => value === undefined)) {
    if (expected && !expected.includes(before.version)) throw savedElsewhere(before)
    return before
  }
  if (patch.coverUploadId || patch.publishAt) {
    const publishAt =
      patch.publishAt === undefined ? (await readDetails(viewer, id)).publishAt : patch.publishAt
    const cover = patch.coverUploadId === undefined ? before.coverUploadId : patch.coverUploadId
    const scheduled = publishAt !== null && patch.status !== 'published'
    await checkCover(viewer, cover, scheduled, patch.described)
  }
  await checkSchedule(patch.status ?? before.status, patch.publishAt)
  const tags = patch.tags ? tagsFrom(patch.tags) : null
  for (const slug of slugsFor(before, patch)) {
    try {
      return await coverIsThere(() =>
        (patch.described ? transaction : byItself)(async (query) => {
          // Before the post, as deleteUpload does it: two that want both rows never wait for each other.
          if (patch.described) await describeWithin(query, viewer, patch.described, COVER_ALT, id)
          return savePost(query, viewer, id, patch, slug, tags, expected)
        }),
      )
    } catch (error) {
      if (!isSlugTaken(error)) throw error
    }
  }
  throw slugTaken(patch.slug ?? '')
}

/**
 * To the trash, from where it can be put back.
 *
 * @param expected the versions the caller may be deleting; null for whichever is there.
 * @throws AppError `not_found`, `precondition_failed` if somebody saved meanwhile.
 */
export async function deletePost(
  viewer: Viewer,
  id: string,
  expected: number[] | null = null,
): Promise<PostView> {
  return setDeleted(viewer, id, true, expected)
}

/** Back from the trash, as it was. @throws AppError `not_found`. */
export async function restorePost(viewer: Viewer, id: string): Promise<PostView> {
  return setDeleted(viewer, id, false, null)
}

async function setDeleted(
  viewer: Viewer,
  id: string,
  deleted: boolean,
  expected: number[] | null,
): Promise<PostView> {
  if (!isId(id)) throw notFound('post')
  const [row] = await query<PostRow>(sql`
    UPDATE posts SET deleted_at = CASE WHEN ${deleted} THEN now() END,
      -- What was in the trash when its time came is not published by being put back.
      publish_at = CASE WHEN publish_at > now() THEN publish_at END
    WHERE id = ${id} AND author_id = ${viewer.userId} AND (deleted_at IS NULL) = ${deleted}
      AND (${expected}::int[] IS NULL OR version = ANY (${expected}::int[]))
    RETURNING ${postColumns}`)
  if (row) return postView(row)
  throw expected ? savedElsewhere(await readPost(viewer, id)) : notFound('post')
}

/** The field of the editor's form that says what the cover shows. */
const COVER_ALT = 'coverAlt'

/** Work of one statement is a transaction of its own, and is spared two round trips. */
async function byItself<Result>(work: (query: Query) => Promise<Result>): Promise<Result> {
  return work(query)
}

type Insert = NewPost & Omit<PostExtras, 'tags'> & Tags

async function insertPost(query: Query, viewer: Viewer, id: string, input: Insert): Promise<PostView> {
  for (const slug of input.slug ? [input.slug] : slugCandidates(input.title)) {
    const [row] = await query<PostRow>(sql`
      WITH made AS (
        INSERT INTO posts (id, author_id, title, content, excerpt, slug, status, cover_upload_id, published_at,
          tags, tag_keys, publish_at)
        SELECT ${id}, ${viewer.userId}, ${input.title}, ${input.content}, ${input.excerpt}, ${slug},
          ${input.status}::post_status, ${input.coverUploadId},
          CASE WHEN ${input.status} = 'published' THEN now() END,
          ${input.tags}::text[], ${input.keys}::text[], ${input.publishAt ?? null}::timestamptz
        WHERE NOT EXISTS (SELECT FROM former_slugs WHERE slug = ${slug})
        ON CONFLICT (slug) DO NOTHING RETURNING *
      ), history AS (${keepVersions(sql`made`)})
      SELECT ${postColumns} FROM made`)
    if (row) return postView(row)
  }
  throw slugTaken(input.slug ?? '')
}

/** @param slug the new one, or null if it stays. One that was public leads on to the post from now on. */
async function savePost(
  query: Query,
  viewer: Viewer,
  id: string,
  patch: PostPatch & PostExtras,
  slug: string | null,
  tags: Tags | null,
  expected: number[] | null,
): Promise<PostView> {
  const [row] = await query<PostRow>(sql`
    WITH before AS (
      SELECT id AS post_id, slug AS slug_before, published_at IS NOT NULL AS was_public
      FROM posts WHERE id = ${id} FOR UPDATE
    ), saved AS (
      UPDATE posts SET
        title = coalesce(${patch.title ?? null}, title), content = coalesce(${patch.content ?? null}, content),
        excerpt = coalesce(${patch.excerpt ?? null}, excerpt), slug = coalesce(${slug}, slug),
        status = coalesce(${patch.status ?? null}::post_status, status),
        cover_upload_id = CASE WHEN ${patch.coverUploadId !== undefined} THEN ${patch.coverUploadId ?? null}::uuid ELSE cover_upload_id END,
        published_at = CASE WHEN ${patch.status ?? null} = 'published' THEN coalesce(published_at, now()) ELSE published_at END,
        tags = coalesce(${tags?.tags ?? null}::text[], tags), tag_keys = coalesce(${tags?.keys ?? null}::text[], tag_keys),
        publish_at = CASE WHEN ${patch.status ?? null} = 'published' THEN NULL
          WHEN ${patch.publishAt !== undefined} THEN ${patch.publishAt ?? null}::timestamptz ELSE publish_at END,
        version = version + 1, updated_at = now()
      FROM before
      WHERE id = post_id AND author_id = ${viewer.userId} AND deleted_at IS NULL
        AND (${expected}::int[] IS NULL OR version = ANY (${expected}::int[]))
      RETURNING *
    ), left_behind AS (
      INSERT INTO former_slugs (slug, post_id)
      SELECT slug_before, id FROM saved WHERE was_public AND slug_before <> slug
      ON CONFLICT (slug) DO UPDATE SET post_id = excluded.post_id, created_at = now()
    ), taken_back AS (
      DELETE FROM former_slugs USING saved WHERE former_slugs.slug = saved.slug AND former_slugs.post_id = saved.id
    ), history AS (${keepVersions(sql`saved`)})
    SELECT ${postColumns} FROM saved`)
  if (row) return postView(row)
  throw savedElsewhere(await readPost(viewer, id, query))
}

function savedElsewhere({ version }: PostView): AppError {
  return new AppError('precondition_failed', 'This post was saved elsewhere since you opened it.', {
    facts: { version },
  })
}

/** Only a draft can be scheduled, and only for a time to come. */
async function checkSchedule(status: PostView['status'], publishAt: Date | null | undefined): Promise<void> {
  if (publishAt && status === 'published') throw badTime('It is published already.')
  await checkAhead(publishAt ?? null)
}

/**
 * @param scheduled whether the post is to be published by itself, when nobody is there any more to say what it shows.
 * @param described what is said of an upload in the same breath.
 */
async function checkCover(
  viewer: Viewer,
  uploadId: string | null,
  scheduled: boolean,
  described: PostExtras['described'],
): Promise<void> {
  if (!uploadId) return
  const known = await altOf(viewer, uploadId)
  if (known === null) throw notYourUpload()
  const alt = described?.id === uploadId ? described.alt : known
  if (scheduled && alt === '') throw silentCover()
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
  return badCover('This is not one of your uploads.')
}

function silentCover(): AppError {
  return badCover(
    'This post is scheduled, and nobody has said yet what this cover shows. Write it under Alt text in the dashboard first.',
  )
}

function badCover(detail: string): AppError {
  return new AppError('invalid', detail, { fields: [{ pointer: '/coverUploadId', detail }] })
}
