import { typedBeforeWatched } from '@/components/ui/typed-early'
import { newId } from '@/lib/ids'
import { type DraftMark, draftMarkOf, type KeptDraft } from '@/lib/schemas/drafts'
import { fieldsOf } from './fields-of'
import { takeUpLeftovers } from './leftovers'
import { localCopies } from './local-copies'
import { sendDraft } from './send-draft'
import { holdSitting } from './sittings'

type KeeperOptions = {
  form: HTMLFormElement
  userId: string
  postId: string | null
  /** The row to keep into, and the revision that is known of it. */
  place: Pick<DraftMark, 'id' | 'revision'>
  /** Told what the form is to know of that row, each time this changes. */
  onMark: (mark: string) => void
  /** Told that something is typed which the page, rendered anew, would not show by itself, and of which draft it is. */
  onTyped: (draftId: string) => void
  /** What there is to say of it, for the writer. */
  onStatus: (status: string) => void
}

export type Keeper = ReturnType<typeof keeper>

const LOCAL_MS = 300
const SERVER_MS = 1_500
const AGAIN_MS = 15_000

/** Keeps the form of one sitting until it is stopped. One draft is on its way at a time, the latest last. */
export function keeper({ form, userId, place, onMark, onTyped, onStatus, ...begun }: KeeperOptions) {
  const sitting = newId()
  const copies = localCopies(userId)
  const timers = { local: 0, server: 0 }
  let { id, revision } = place
  let { postId } = begun
  const shown = typedBeforeWatched(form) ? '' : JSON.stringify(fieldsOf(form))
  let kept = shown
  let underway = Promise.resolve()
  let paused = false
  let stopped = false
  let submitted = { text: kept, base: baseOf(form) }
  let savedAs: { postId: string | null; base: number } | null = null
  /** What the text is a change of, where the form does not know it yet. */
  let base: number | null = null
  const release = holdSitting(sitting)
  tell()

  function tell() {
    if (!stopped) onMark(draftMarkOf({ id, revision, sitting }))
  }

  function draft(): KeptDraft {
    return { id, sitting, revision, postId, base: base ?? baseOf(form), fields: fieldsOf(form) }
  }
  const isChanged = () => JSON.stringify(fieldsOf(form)) !== kept

  async function send() {
    if (paused || !isChanged()) return
    const sent = draft()
    const isHere = copies.write(sent)
    const answer = await sendDraft(sent, userId)
    if (!answer.kept) {
      if (stopped) return
      onStatus(
        isHere
          ? `Not saved. Kept in this browser: ${answer.why}`
          : `Not saved, nor is it kept in this browser: leave this page open. ${answer.why}`,
      )
      timers.server = window.setTimeout(keep, AGAIN_MS)
      return
    }
    ;({ id, revision } = answer)
    kept = JSON.stringify(sent.fields)
    copies.remove(sent)
    tell()
    if (paused || stopped) return
    onTyped(id)
    onStatus(`Not saved yet. A private draft was kept at ${timeOfDay()}.`)
    // A page that is loaded again shows what was typed.
    if (!postId) window.history.replaceState(null, '', `?draft=${id}`)
  }

  function keep() {
    clearTimeout(timers.server)
    // Whatever goes wrong with one must not keep the next from being sent.
    underway = underway.then(send).catch(() => {})
  }

  function keepLocally() {
    clearTimeout(timers.local)
    if (!paused && isChanged()) copies.write(draft())
  }

  function onInput() {
    if (paused) return
    onTyped(id)
    clearTimeout(timers.local)
    clearTimeout(timers.server)
    timers.local = window.setTimeout(keepLocally, LOCAL_MS)
    timers.server = window.setTimeout(keep, SERVER_MS)
  }

  function onLeave() {
    if (document.visibilityState !== 'hidden') return
    keepLocally()
    keep()
  }

  /** What was sent is saved, and its draft gone: what has been typed since is the beginning of another. */
  function beginAnew() {
    copies.forget(sitting)
    kept = submitted.text
    ;[id, revision] = [newId(), 0]
    tell()
    savedAs = null
    paused = false
  }

  form.addEventListener('input', onInput)
  document.addEventListener('visibilitychange', onLeave)
  window.addEventListener('pagehide', keepLocally)
  window.addEventListener('online', keep)
  if (isChanged()) onInput()
  // What earlier sittings could not bring to the server.
  void takeUpLeftovers({
    userId,
    copies,
    sitting,
    postId,
    form,
    isUntouched: () => JSON.stringify(fieldsOf(form)) === shown,
  })

  return {
    /** Before the form is sent: what is on its way must not arrive after what is saved. */
    async pause() {
      keepLocally()
      paused = true
      clearTimeout(timers.server)
      await underway
      submitted = { text: JSON.stringify(fieldsOf(form)), base: baseOf(form) }
    },
    /** The server has saved what was sent as a version of this post, and leads on, to this page or another. */
    done(saved: string | null) {
      savedAs = { postId: saved ?? postId, base: submitted.base + 1 }
    },
    /** The page has come again with what was sent. */
    saved() {
      beginAnew()
      onStatus('')
      if (isChanged()) onInput()
    },
    /** What was sent is not saved. */
    resume() {
      paused = false
      if (isChanged()) onInput()
    },
    stop() {
      stopped = true
      form.removeEventListener('input', onInput)
      document.removeEventListener('visibilitychange', onLeave)
      window.removeEventListener('pagehide', keepLocally)
      window.removeEventListener('online', keep)
      clearTimeout(timers.local)
      clearTimeout(timers.server)
      // Typed while it was on its way, it is in no version, and a change of the one that was made.
      if (savedAs) {
        ;({ postId, base } = savedAs)
        beginAnew()
      }
      if (isChanged()) copies.write(draft())
      if (!paused) keep()
      release()
    },
  }
}

function baseOf(form: HTMLFormElement): number {
  return Number(new FormData(form).get('base') ?? 0)
}

function timeOfDay(): string {
  return new Date().toTimeString().slice(0, 5)
}
