import { redirect } from 'next/navigation'
import { AppError } from '@/lib/errors'
import type { FormState } from '@/lib/http/form-state'
import { parseInput } from '@/lib/http/input'
import { keepTyped } from '@/lib/http/post-form/keep-typed'
import { saveTyped } from '@/lib/http/post-form/save-typed'
import { draftMarkOf } from '@/lib/schemas/drafts'
import { editorRequest } from '@/lib/schemas/generations'
import type { PostForm } from '@/lib/schemas/posts'
import { generateForEditor } from '@/lib/services/generations/for-editor'
import { dropDraft, readPost } from '@/lib/services/posts'
import { quotesOf } from '@/lib/services/usage'
import type { Viewer } from '@/lib/services/viewer'

/**
 * Asks the model, and leads to the page of what was asked for. What was typed is saved first; of a post that is public it
 * is kept as a draft, since nobody has said that its readers are to see it yet.
 *
 * What may be refused without a look at the database is refused before; whatever is refused afterwards, the form says
 * what has become of what was typed.
 */
export async function askFor(
  viewer: Viewer,
  input: PostForm,
  values: FormState['values'],
): Promise<Partial<FormState>> {
  const request = parseInput(editorRequest, values)
  const isPublic = input.id !== '' && (await readPost(viewer, input.id)).status === 'published'
  const kept = await (isPublic ? keepDraftOf : save)(viewer, input, values)
  try {
    const id = await generateForEditor(viewer, request)
    redirect(`/dashboard/generations/${id}?${new URLSearchParams(kept.way)}`)
  } catch (error) {
    if (!(error instanceof AppError)) throw error
    // A price that was raised is on the button by now.
    const quotes = error.code === 'precondition_failed' ? { quotes: await quotesOf(viewer) } : {}
    return {
      status: 'error',
      values: { ...values, ...quotes, ...kept.values },
      message: `${error.message} ${kept.says}`,
    }
  }
}

type Kept = {
  /** What the page of the generation is to know of it. */
  way: Record<string, string>
  /** What the form is to know from now on. */
  values: Record<string, string>
  says: string
}

async function save(viewer: Viewer, input: PostForm, values: FormState['values']): Promise<Kept> {
  const { id, version, status } = await saveTyped(viewer, input, values)
  await dropDraft(viewer, input.draft)
  const known = { id, version: String(version), base: String(version), statusBefore: status }
  return { way: { post: id }, values: known, says: 'What you typed is saved.' }
}

async function keepDraftOf(viewer: Viewer, input: PostForm, values: FormState['values']): Promise<Kept> {
  const place = await keepTyped(viewer, input, values)
  return {
    way: { post: input.id, draft: place.id },
    values: { draft: draftMarkOf(place) },
    says: 'What you typed is kept as a draft.',
  }
}
