'use client'

import { useEffect, useRef, useState } from 'react'
import { moveAsked } from '@/components/editor/asked'
import { useField, useFormState } from '@/components/ui/form-context'
import { onSending } from '@/components/ui/sending'
import { newId } from '@/lib/ids'
import { draftMarkOf } from '@/lib/schemas/drafts'
import { type Keeper, keeper } from './keeper'
import { missingDraft, outdate } from './outdated-page'

type AutosaveProps = {
  userId: string
  postId: string | null
  /** The version of the post that the form was made with. */
  version: number
  /** The draft that the form was filled with. */
  draft: { id: string; revision: number } | null
  /** The server’s name for this rendering of the page. */
  rendering: string
  /** A form beside this one that discards the draft. */
  discard: string | null
}

/**
 * Keeps what is typed into the form around it: in the browser at once, on the server soon. Without JavaScript it is a
 * hidden field that tells which draft has been saved when the post is.
 */
export function Autosave({ userId, postId, version, draft, rendering, discard }: AutosaveProps) {
  const state = useFormState()
  const { typed, goesOn } = useField('draft')
  const field = useRef<HTMLInputElement>(null)
  const kept = useRef<Keeper>(null)
  const shownAs = useRef(rendering)
  const [mark, setMark] = useState(() =>
    goesOn && typeof typed === 'string'
      ? typed
      : draftMarkOf({ id: draft?.id ?? rendering, revision: draft?.revision ?? 0, sitting: rendering }),
  )
  const [status, setStatus] = useState('')
  const [begun] = useState({ postId, draft })

  useEffect(() => {
    shownAs.current = rendering
  }, [rendering])

  useEffect(() => {
    const hidden = field.current
    const form = hidden?.form
    if (!form) return
    const missing = missingDraft(shownAs.current)
    // Without a connection there would be no page at all: what was typed is in this browser then, and put back from there.
    if (missing && navigator.onLine) return window.location.replace(`?draft=${missing}`)
    const place = begun.draft ?? { id: newId(), revision: 0 }
    // At once, and not with the next rendering: the form may be sent before that.
    const onMark = (mark: string) => {
      hidden.value = mark
      setMark(mark)
    }
    const onTyped = (id: string) => outdate(shownAs.current, id)
    const it = keeper({ form, userId, postId: begun.postId, place, onMark, onTyped, onStatus: setStatus })
    const done = (address: string) => {
      const post = postIn(address)
      it.done(post)
      if (post && !begun.postId) moveAsked(userId, post)
    }
    onSending(form, { before: it.pause, done })
    kept.current = it
    return it.stop
  }, [userId, begun])

  // An answer that stays on the page has saved nothing.
  useEffect(() => {
    if (state.status !== 'idle') kept.current?.resume()
  }, [state])

  // A save that leads back to this page has made a new version.
  const [shown, setShown] = useState(version)
  useEffect(() => {
    if (version === shown) return
    setShown(version)
    kept.current?.saved()
  }, [version, shown])

  return (
    <>
      <input ref={field} type="hidden" name="draft" value={mark} />
      {discard && <input type="hidden" name="draft" form={discard} value={mark} />}
      <p className="text-sm text-soft empty:hidden">{status}</p>
    </>
  )
}

/** The post that an address of the dashboard is of. */
function postIn(address: string): string | null {
  return /\/dashboard\/posts\/([\w-]{36})\b/.exec(address)?.[1] ?? null
}
