'use client'

import { useEffect, useRef, useState } from 'react'
import { useFormState } from '@/components/ui/form-context'
import { onSending } from '@/components/ui/sending'
import { newId } from '@/lib/ids'
import { type Keeper, keeper } from './keeper'

type AutosaveProps = {
  userId: string
  postId: string | null
  /** The version of the post that the form was made with. */
  version: number
  /** The draft that the form was filled with. */
  draft: { id: string; revision: number } | null
}

/**
 * Keeps what is typed into the form around it: in the browser at once, on the server soon. Without JavaScript it is a
 * hidden field that tells which draft has been saved when the post is.
 */
export function Autosave({ userId, postId, version, draft }: AutosaveProps) {
  const state = useFormState()
  const field = useRef<HTMLInputElement>(null)
  const kept = useRef<Keeper>(null)
  const [id, setId] = useState(draft?.id ?? '')
  const [status, setStatus] = useState('')
  const [begun] = useState({ postId, draft })

  useEffect(() => {
    const hidden = field.current
    const form = hidden?.form
    if (!form) return
    const place = begun.draft ?? { id: newId(), revision: 0 }
    // At once, and not with the next rendering: the form may be sent before that.
    const onPlace = (id: string) => {
      hidden.value = id
      setId(id)
    }
    const it = keeper({ form, userId, postId: begun.postId, place, onPlace, onStatus: setStatus })
    onSending(form, { before: it.pause, done: it.done })
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
      <input ref={field} type="hidden" name="draft" value={id} />
      <p className="text-sm text-soft empty:hidden">{status}</p>
    </>
  )
}
