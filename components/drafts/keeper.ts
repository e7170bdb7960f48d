import { newId } from '@/lib/ids'
import { DRAFT_FIELDS, type DraftFields, type KeptDraft } from '@/lib/schemas/drafts'
import { takeUpLeftovers } from './leftovers'
import { localCopies } from './local-copies'
import { sendDraft } from './send-draft'

type KeeperOptions = {
  form: HTMLFormElement
  userId: string
  postId: string | null
  /** The row to keep into, and the revision that is known of it. */
  place: { id: string; revision: number }
  /** Told which row it is, and again when it is another one. */
  onPlace: (id: string) => void
  /** What there is to say of it, for the writer. */
  onStatus: (status: string) => void
}

export type Keeper = ReturnType<typeof keeper>

const LOCAL_MS = 300
const SERVER_MS = 1_500
const AGAIN_MS = 15_000

/** Keeps the form of one sitting until it is stopped. One draft is on its way at a time, the latest last. */
export function keeper({ form, userId, postId, place, onPlace, onStatus }: KeeperOptions) {
  const sitting = newId()
  const copies = localCopies(userId)
  const timers = { local: 0, server: 0 }
  let { id, revision } = place
  let kept = JSON.stringify(fieldsOf(form))
  let underway = Promise.resolve()
  let paused = false
  let submitted = kept
  let isSaved = false
  const shown = kept
  const release = holdSitting(sitting)
  onPlace(id)

  const draft = (): KeptDraft => ({
    id,
    sitting,
    revision,
    postId,
    base: Number(new FormData(form).get('base') ?? 0),
    fields: fieldsOf(form),
  })
  const isChanged = () => JSON.stringify(fieldsOf(form)) !== kept

  async function send() {
    if (paused || !isChanged()) return
    const sent = draft()
    copies.write(sent)
    const answer = await sendDraft(sent)
    if (!answer.kept) {
      onStatus(`Not saved. Kept in this browser: ${answer.why}`)
      timers.server = window.setTimeout(keep, AGAIN_MS)
      return
    }
    ;({ id, revision } = answer)
    kept = JSON.stringify(sent.fields)
    copies.remove(sent)
    onPlace(id)
    if (paused) return
    onStatus(`Not saved yet. A private draft was kept at ${timeOfDay()}.`)
    // A page that is loaded again shows what was typed.
    if (!postId) window.history.replaceState(null, '', `?draft=${id}`)
  }

  function keep() {
    clearTimeout(timers.server)
    underway = underway.then(send)
  }

  function keepLocally() {
    clearTimeout(timers.local)
    if (!paused && isChanged()) copies.write(draft())
  }

  function onInput() {
    if (paused) return
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
    kept = submitted
    ;[id, revision] = [newId(), 0]
    onPlace(id)
    isSaved = false
    paused = false
  }

  form.addEventListener('input', onInput)
  document.addEventListener('visibilitychange', onLeave)
  window.addEventListener('pagehide', keepLocally)
  window.addEventListener('online', keep)
  // What earlier sittings could not bring to the server.
  void takeUpLeftovers({
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
      submitted = JSON.stringify(fieldsOf(form))
    },
    /** The server has saved what was sent, and leads on, to this page or another. */
    done() {
      isSaved = true
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
      form.removeEventListener('input', onInput)
      document.removeEventListener('visibilitychange', onLeave)
      window.removeEventListener('pagehide', keepLocally)
      window.removeEventListener('online', keep)
      clearTimeout(timers.local)
      clearTimeout(timers.server)
      // Typed while it was on its way, it is in no version.
      if (isSaved) beginAnew()
      if (isChanged()) copies.write(draft())
      if (!paused) keep()
      release()
    },
  }
}

function fieldsOf(form: HTMLFormElement): DraftFields {
  const data = new FormData(form)
  return Object.fromEntries(
    DRAFT_FIELDS.flatMap((name) => {
      const value = data.get(name)
      // Line ends as the form would have them on the server.
      return typeof value === 'string' ? [[name, value.replaceAll('\r\n', '\n')]] : []
    }),
  )
}

/** Tells other pages of this browser, until it is released, that the sitting goes on. */
function holdSitting(sitting: string): () => void {
  const { promise, resolve } = Promise.withResolvers<void>()
  // Not there without https, nor in some browsers: see liveSittings.
  navigator.locks?.request(`inkwell:${sitting}`, () => promise).catch(() => {})
  return resolve
}

function timeOfDay(): string {
  return new Date().toTimeString().slice(0, 5)
}
