'use server'

import { redirect } from 'next/navigation'
import { z } from 'zod'
import { AppError } from '@/lib/errors'
import { formAction } from '@/lib/http/form-action'
import type { FormState } from '@/lib/http/form-state'
import { parseInput } from '@/lib/http/input'
import { newId } from '@/lib/ids'
import { DRAFT_FIELDS } from '@/lib/schemas/drafts'
import { editorRequest } from '@/lib/schemas/generations'
import {
  type NewPost,
  type PostExtras,
  type PostForm,
  type PostPatch,
  type PostView,
  postForm,
  versionForm,
} from '@/lib/schemas/posts'
import { formKey } from '@/lib/services/attempts'
import { generateForEditor } from '@/lib/services/generations/for-editor'
import {
  createPost,
  deletePost,
  describeCover,
  dropDraft,
  keepDraft,
  type MergedText,
  mergeTexts,
  readPost,
  readVersion,
  renderPost,
  restorePost,
  restoreVersion,
  updateOnce,
  updatePost,
} from '@/lib/services/posts'
import { quotesOf } from '@/lib/services/usage'
import type { Viewer } from '@/lib/services/viewer'

/** The editor: its buttons differ in `intent`. */
export const savePost = formAction(postForm, async (input, { viewer, values }) => {
  const { title, content, excerpt } = input
  const { coverUploadId, tags, slug } = touched(input, values)
  if (input.intent === 'preview')
    return { values, unchanged: true, data: { preview: (await renderPost(content)).html } }
  if (input.intent === 'merge') return putTogether(viewer, input, values)
  const change = { title, content, excerpt, tags, slug, ...changeOf(input) }
  const fresh = () =>
    createNew(
      viewer,
      { ...change, status: change.status ?? 'draft', coverUploadId: coverUploadId ?? null },
      input.attempt,
    )
  let post: PostView
  try {
    if (!(await describeCover(viewer, input))) return refuseCover(values)
    if (input.intent.startsWith('generate-')) {
      const save = () => updateOnce(viewer, input.id, { ...change, coverUploadId }, input.version)
      return await saveAndGenerate(viewer, input, input.id ? save : fresh, values)
    }
    post = input.id
      ? await updatePost(viewer, input.id, { ...change, coverUploadId }, [input.version])
      : await fresh()
  } catch (error) {
    if (isCollision(error)) return refuseCollision(await readPost(viewer, input.id), values)
    if (input.id && isGone(error)) return await keepOfGone(viewer, values)
    throw error
  }
  await dropDraft(viewer, input.draft)
  redirect(`/dashboard/posts/${post.id}`)
})

export const removePost = formAction(z.object({ id: z.uuid() }), async ({ id }, { viewer }) => {
  await deletePost(viewer, id)
  redirect(`/dashboard/posts?deleted=${id}`)
})

export const putBackPost = formAction(z.object({ id: z.uuid() }), async ({ id }, { viewer }) => {
  await restorePost(viewer, id)
  redirect(`/dashboard/posts/${id}`)
})

/** Sent twice, it makes one new version: the second finds that the first has done it. */
export const putBackVersion = formAction(versionForm, async ({ id, version, current }, { viewer }) => {
  await restoreVersion(viewer, id, version, current)
  redirect(`/dashboard/posts/${id}`)
})

/**
 * Of what the form says beside the words, only what was changed in it. The words are put together with those of whoever
 * saves meanwhile; this is not, and what nobody touched here must not undo what was changed there.
 */
function touched(input: PostForm, values: FormState['values']): Pick<PostForm, (typeof BESIDE)[number]> {
  return Object.fromEntries(
    BESIDE.filter((name) => !input.id || values[name] !== values[`${name}Before`]).map((name) => [
      name,
      input[name],
    ]),
  )
}

const BESIDE = ['coverUploadId', 'tags', 'slug'] as const

/** What the pressed button says of the post itself. */
function changeOf({ intent, publishAt }: PostForm): Pick<PostPatch & PostExtras, 'status' | 'publishAt'> {
  switch (intent) {
    case 'publish':
      return { status: 'published' }
    case 'unpublish':
      return { status: 'draft' }
    case 'schedule':
      return { publishAt }
    case 'unschedule':
      return { publishAt: null }
    default:
      return {}
  }
}

/**
 * Saves what was typed and leads to the page of what was asked for. What may be refused without a look at the database
 * is refused before; whatever is refused afterwards, the form says that it is saved.
 */
async function saveAndGenerate(
  viewer: Viewer,
  { draft }: PostForm,
  save: () => Promise<PostView>,
  values: FormState['values'],
): Promise<Partial<FormState>> {
  const request = parseInput(editorRequest, values)
  const post = await save()
  await dropDraft(viewer, draft)
  try {
    const id = await generateForEditor(viewer, request)
    redirect(`/dashboard/generations/${id}?post=${post.id}`)
  } catch (error) {
    if (!(error instanceof AppError)) throw error
    // A price that was raised is on the button by now.
    const quotes = error.code === 'precondition_failed' ? { quotes: await quotesOf(viewer) } : {}
    const version = String(post.version)
    return {
      status: 'error',
      values: { ...values, ...quotes, id: post.id, version, base: version },
      message: `${error.message} What you typed is saved.`,
    }
  }
}

function createNew(viewer: Viewer, post: NewPost & PostExtras, attempt: string) {
  return createPost(viewer, post, formKey(attempt, post))
}

function isCollision(error: unknown): error is AppError {
  return error instanceof AppError && error.code === 'precondition_failed'
}

function isGone(error: unknown): boolean {
  return error instanceof AppError && error.code === 'not_found'
}

/** Deleted in another tab, the post has no page any more that could show the form: what was typed is kept as a draft. */
async function keepOfGone(viewer: Viewer, values: FormState['values']): Promise<never> {
  const fields = DRAFT_FIELDS.flatMap((name) => {
    const value = values[name]
    return typeof value === 'string' ? [[name, value]] : []
  })
  const draft = { id: newId(), sitting: newId(), revision: 0, postId: null, base: 0 }
  const { id } = await keepDraft(viewer, { ...draft, fields: Object.fromEntries(fields) })
  redirect(`/dashboard/posts/new?draft=${id}&gone`)
}

/** Nothing is saved. What stands under Alt text may be said of another picture, if it is not empty. */
function refuseCover(values: FormState['values']): Partial<FormState> {
  const message = 'Nobody has said yet what this cover shows. Write it under Alt text, or choose no cover.'
  return {
    status: 'error',
    values: { ...values, coverAlt: '' },
    errors: { coverUploadId: message },
    message,
  }
}

/** Nothing is saved. The form now knows of the other version, so that sending it again is a decision. */
function refuseCollision(theirs: PostView, values: FormState['values']): Partial<FormState> {
  const { version, title, content, excerpt, updatedAt } = theirs
  return {
    status: 'error',
    values: { ...values, version: String(version) },
    data: { theirs: JSON.stringify({ version, title, content, excerpt, updatedAt }) },
    message:
      'It was saved elsewhere since you opened it. What you typed is below, and not saved. Save again to put it in the place of the other version, which stays in the history, or put both together.',
  }
}

/** Nothing is saved either: what both have made of the text is for the writer to look over. */
async function putTogether(
  viewer: Viewer,
  mine: PostForm,
  values: FormState['values'],
): Promise<Partial<FormState>> {
  const theirs = await readPost(viewer, mine.id)
  const { text, conflicts } = mergeTexts(await readVersion(viewer, mine.id, mine.base), mine, theirs)
  const version = String(theirs.version)
  return {
    status: 'error',
    // From here on it is a change of their version.
    values: { ...values, ...text, version, base: version },
    replaces: true,
    message: `Both are together below, and not saved yet. ${whatToDo(conflicts)}`,
  }
}

function whatToDo(conflicts: MergedText['conflicts']): string {
  if (conflicts.length === 0) return 'Look it over, and save it.'
  const places = conflicts.filter((name) => name === 'content').length
  const marked =
    places > 0 &&
    `${places === 1 ? 'One place was' : `${places} places were`} changed by both: look for <<<<<<< in the content, keep what you want, and take the marks out.`
  const yours = conflicts.filter((name) => name !== 'content').map((name) => `The ${name} is yours.`)
  return [marked, ...yours, 'Then save it.'].filter(Boolean).join(' ')
}
