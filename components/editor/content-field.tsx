'use client'

import { type ClipboardEvent, type DragEvent, type KeyboardEvent, useEffect, useRef } from 'react'
import { TextArea } from '@/components/ui/field'
import { changeField, selectedIn } from './change-field'
import { Length } from './length'
import { LiveView } from './live-view'
import { PictureList } from './picture-list'
import { Toolbar, toolButton } from './toolbar'
import { changeFor, Icon } from './tools'
import { usePictures } from './use-pictures'
import { useRemembered } from './use-remembered'
import { useScripted } from './use-scripted'

export type PictureLimits = {
  /** Media types, with commas between them. */
  accept: string
  maxBytes: number
}

type ContentFieldProps = { defaultValue: string; pictures: PictureLimits }

/**
 * The text of a post. A textarea, with JavaScript as without; with it, it gets a toolbar, keys, pictures that can be
 * pasted and dropped, and a view of the page beside it. docs/decisions/0022 says why it is no more than that.
 */
export function ContentField({ defaultValue, pictures: { accept, maxBytes } }: ContentFieldProps) {
  const field = useRef<HTMLTextAreaElement>(null)
  const scripted = useScripted()
  const [beside, setBeside] = useRemembered('inkwell:side-by-side')
  const { pictures, sending, add } = usePictures(field, maxBytes)

  useEffect(() => {
    const form = field.current?.form
    form?.addEventListener('keydown', saveByKey)
    return () => form?.removeEventListener('keydown', saveByKey)
  }, [])

  function press(event: KeyboardEvent<HTMLTextAreaElement>) {
    const edit = changeFor(event.nativeEvent)?.(selectedIn(event.currentTarget))
    if (!edit) return
    event.preventDefault()
    changeField(event.currentTarget, edit)
  }

  function paste(event: ClipboardEvent) {
    // Office programs put a picture of a text beside it: then it is the text that is meant.
    if (!event.clipboardData.getData('text/plain')) take(event, event.clipboardData)
  }

  function take(event: ClipboardEvent | DragEvent, { files }: DataTransfer) {
    if (files.length === 0) return
    event.preventDefault()
    add([...files])
  }

  return (
    <div data-beside={beside || undefined} className={beside ? 'grid gap-x-10 gap-y-6 lg:grid-cols-2' : ''}>
      <div className="min-w-0">
        <TextArea
          ref={field}
          name="content"
          label="Content"
          hint="Markdown: # for headings, * for emphasis, > for quotes."
          rows={18}
          defaultValue={defaultValue}
          onKeyDown={press}
          onPaste={paste}
          onDragOver={(event) => event.dataTransfer.types.includes('Files') && event.preventDefault()}
          onDrop={(event) => take(event, event.dataTransfer)}
          className={`font-serif text-lg leading-relaxed ${scripted ? 'rounded-t-none' : ''}`}
          above={
            scripted && (
              <Toolbar field={field} onPictures={add} accept={accept}>
                <button
                  type="button"
                  aria-label="Side by side"
                  title="Side by side with what readers will see"
                  aria-pressed={beside}
                  onClick={() => setBeside(!beside)}
                  className={`${toolButton} aria-pressed:bg-wash aria-pressed:text-accent`}
                >
                  <Icon path="M2.5 4h15v12h-15zM10 4v12M12.5 8h2.5M12.5 11h2.5" />
                </button>
              </Toolbar>
            )
          }
        />
        {scripted && <Length field={field} />}
        <PictureList pictures={pictures} />
        {sending && <p className="text-sm text-soft">Saving waits until this is done.</p>}
      </div>
      {scripted && beside && <LiveView field={field} />}
    </div>
  )
}

/** Ctrl or Cmd and S, wherever in the form: what its first button does. */
function saveByKey(this: HTMLFormElement, event: globalThis.KeyboardEvent) {
  if (event.key.toLowerCase() !== 's' || !(event.ctrlKey || event.metaKey) || event.altKey || event.shiftKey)
    return
  event.preventDefault()
  const save = this.querySelector<HTMLButtonElement>('button[name=intent][value=save]')
  if (save && !event.repeat) this.requestSubmit(save)
}
