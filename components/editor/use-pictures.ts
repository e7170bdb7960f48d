'use client'

import { type RefObject, useEffect, useRef, useState } from 'react'
import { fileTooLarge } from '@/lib/bytes'
import { changeField, selectedIn } from './change-field'
import { sendPicture } from './send-picture'

/** A picture on its way into the text, or, with `trouble`, why it is not. */
export type Picture = {
  id: number
  name: string
  share: number
  trouble: string | null
  cancel: () => void
}

/**
 * Pictures that are put into a text: each is uploaded, with a placeholder in its place meanwhile. The form waits for
 * them: what is saved must not say that something is being uploaded.
 */
export function usePictures(field: RefObject<HTMLTextAreaElement | null>, maxBytes: number) {
  const [pictures, setPictures] = useState<readonly Picture[]>([])
  const count = useRef(0)
  const sending = pictures.some(({ trouble }) => trouble === null)

  const change = (id: number, to: Partial<Picture>) =>
    setPictures((all) => all.map((one) => (one.id === id ? { ...one, ...to } : one)))
  const forget = (id: number) => setPictures((all) => all.filter((one) => one.id !== id))

  async function add(file: File) {
    const textarea = field.current
    if (!textarea) return
    const id = ++count.current
    const name = file.name || 'picture'
    const entry = { id, name, share: 0, trouble: null, cancel: () => forget(id) }
    if (file.size > maxBytes) {
      return setPictures((all) => [...all, { ...entry, trouble: fileTooLarge(maxBytes) }])
    }
    const alt = altOf(name)
    const placeholder = `![Uploading ${alt} (${id})…]()`
    insertAtCaret(textarea, placeholder)
    const { finished, cancel } = sendPicture(file, (share) => change(id, { share }))
    setPictures((all) => [...all, { ...entry, cancel }])
    try {
      const { url } = await finished
      if (replaceOnce(textarea, placeholder, `![${alt}](${url})`)) forget(id)
      else
        change(id, {
          trouble: 'Its place in the text is gone. It is among your uploads.',
          cancel: entry.cancel,
        })
    } catch (error) {
      replaceOnce(textarea, placeholder, '')
      change(id, { trouble: error instanceof Error ? error.message : String(error), cancel: entry.cancel })
    }
  }

  useEffect(() => {
    const form = field.current?.form
    if (!sending || !form) return
    const wait = (event: Event) => {
      event.preventDefault()
      event.stopPropagation()
    }
    // Before React is told of it, at the root of the page.
    form.addEventListener('submit', wait)
    return () => form.removeEventListener('submit', wait)
  }, [field, sending])

  return { pictures, sending, add: (files: readonly File[]) => files.forEach(add) }
}

/** Words for a picture, to be bettered by its writer: the name of the file, without what would end the link. */
function altOf(name: string): string {
  return name
    .replace(/\.\w+$/, '')
    .replace(/[[\]\\\s]+/g, ' ')
    .trim()
}

function insertAtCaret(textarea: HTMLTextAreaElement, text: string): void {
  const { start, end } = selectedIn(textarea)
  const after = start + text.length
  changeField(textarea, { from: start, to: end, insert: text, start: after, end: after })
}

/** Puts one text in the place of another, wherever that is by now; the writer’s caret stays where it is. */
function replaceOnce(textarea: HTMLTextAreaElement, placeholder: string, insert: string): boolean {
  const { value, start, end } = selectedIn(textarea)
  const from = value.indexOf(placeholder)
  if (from === -1) return false
  const to = from + placeholder.length
  const moved = (at: number) =>
    at >= to ? at + insert.length - placeholder.length : Math.min(at, from + insert.length)
  changeField(textarea, { from, to, insert, start: moved(start), end: moved(end) })
  return true
}
