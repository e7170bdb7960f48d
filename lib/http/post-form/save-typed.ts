import type { FormState } from '@/lib/http/form-state'
import type { PostExtras, PostForm, PostPatch, PostView } from '@/lib/schemas/posts'
import { formKey } from '@/lib/services/attempts'
import { createPost, descriptionIn, updateUnlessReworded } from '@/lib/services/posts'
import type { Viewer } from '@/lib/services/viewer'

/**
 * Saves what was typed into the editor’s form, as the pressed button says. Sent again, it answers what it made the first
 * time.
 *
 * @throws AppError what createPost and updateUnlessReworded throw.
 */
export function saveTyped(viewer: Viewer, input: PostForm, values: FormState['values']): Promise<PostView> {
  const { title, content, excerpt, id, version, base, statusBefore } = input
  const { coverUploadId, ...beside } = touched(input, values)
  const described = descriptionIn(input)
  const change = { title, content, excerpt, ...beside, ...changeOf(input), described }
  if (id)
    return updateUnlessReworded(viewer, id, { ...change, coverUploadId }, { version, base, statusBefore })
  const post = { ...change, status: change.status ?? 'draft', coverUploadId: coverUploadId ?? null }
  return createPost(viewer, post, formKey(input.attempt, post))
}

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
