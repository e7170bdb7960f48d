import { put } from '@/components/ui/put'
import { DRAFT_FIELDS, type KeptDraft } from '@/lib/schemas/drafts'
import type { localCopies } from './local-copies'
import { sendDraft } from './send-draft'
import { liveSittings } from './sittings'

type Leftovers = {
  userId: string
  copies: ReturnType<typeof localCopies>
  /** The sitting that has just begun. */
  sitting: string
  postId: string | null
  form: HTMLFormElement
  /** Whether nothing has been typed in this sitting. */
  isUntouched: () => boolean
}

const LAST_SITTING = 'inkwell:sitting'

/**
 * Brings what earlier sittings left in this browser to the server: they crashed, or never reached it. What was typed at
 * this very post, or in this tab at a new one, is then shown by loading the page again, which the server fills with it.
 */
export async function takeUpLeftovers({
  userId,
  copies,
  sitting,
  postId,
  form,
  isUntouched,
}: Leftovers): Promise<void> {
  const last = lastSitting(sitting)
  const live = await liveSittings()
  for (const copy of copies.others(sitting).filter((it) => !live.has(it.sitting))) {
    const here = postId ? copy.postId === postId : copy.sitting === last
    const answer = await sendDraft(copy, userId)
    if (answer.kept) {
      copies.remove(copy)
      if (here && isUntouched() && isMissing(form, copy))
        window.location.assign(postId ? `/dashboard/posts/${postId}` : `?draft=${answer.id}`)
    } else if (here && isUntouched()) putBack(form, copy)
  }
}

/** Made from another version, it must meet the present one when it is saved. */
function putBack(form: HTMLFormElement, { base, fields }: KeptDraft) {
  for (const field of form.querySelectorAll<HTMLInputElement>('[name=version], [name=base]'))
    field.value = String(base)
  put(form, fields)
}

function isMissing(form: HTMLFormElement, { fields }: KeptDraft): boolean {
  const shown = new FormData(form)
  return DRAFT_FIELDS.some(
    (name) => fields[name] !== undefined && fields[name] !== String(shown.get(name)).replaceAll('\r\n', '\n'),
  )
}

/** The sitting that was in this tab before, also when the page was loaded again. */
function lastSitting(sitting: string): string | null {
  try {
    const last = sessionStorage.getItem(LAST_SITTING)
    sessionStorage.setItem(LAST_SITTING, sitting)
    return last
  } catch {
    return null
  }
}
