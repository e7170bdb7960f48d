'use client'

import { type KeyboardEvent, type ReactNode, type RefObject, useRef, useState } from 'react'
import { changeField, selectedIn } from './change-field'
import { Icon, TOOLS } from './tools'

type ToolbarProps = {
  field: RefObject<HTMLTextAreaElement | null>
  onPictures: (files: readonly File[]) => void
  /** What the file chooser offers first. */
  accept: string
  children: ReactNode
}

/**
 * The toolbar of the editor: one stop of the Tab key, and the arrow keys lead along it (ARIA Authoring Practices,
 * toolbar). What each button does can be undone by the browser’s own Undo.
 */
export function Toolbar({ field, onPictures, accept, children }: ToolbarProps) {
  const bar = useRef<HTMLDivElement>(null)
  const chooser = useRef<HTMLInputElement>(null)
  const [stop, setStop] = useState(0)

  function move(event: KeyboardEvent) {
    const buttons = [...(bar.current?.querySelectorAll('button') ?? [])]
    const last = buttons.length - 1
    const to = { ArrowRight: stop + 1, ArrowLeft: stop - 1, Home: 0, End: last }[event.key]
    if (to === undefined) return
    event.preventDefault()
    const next = to < 0 ? last : to > last ? 0 : to
    setStop(next)
    buttons[next]?.focus()
  }

  function change(index: number) {
    setStop(index)
    const edit = field.current && TOOLS[index]?.change(selectedIn(field.current))
    if (!field.current || !edit) return
    changeField(field.current, edit)
    field.current.focus({ preventScroll: true })
  }

  return (
    <div className="sticky top-0 z-10 flex items-center justify-between rounded-t-control border border-b-0 border-edge bg-paper px-1">
      <div ref={bar} role="toolbar" aria-label="Formatting" onKeyDown={move} className="flex min-w-0 grow">
        {TOOLS.map(({ name, icon, key }, index) => (
          <button
            key={name}
            type="button"
            aria-label={name}
            title={key ? `${name} (Ctrl or ⌘ + ${key.toUpperCase()})` : name}
            aria-keyshortcuts={key && `Control+${key.toUpperCase()} Meta+${key.toUpperCase()}`}
            tabIndex={stop === index ? 0 : -1}
            onClick={() => change(index)}
            className={toolButton}
          >
            {icon}
          </button>
        ))}
        <button
          type="button"
          aria-label="Picture"
          title="Picture (or paste one, or drop it into the text)"
          tabIndex={stop === TOOLS.length ? 0 : -1}
          onClick={() => {
            setStop(TOOLS.length)
            chooser.current?.click()
          }}
          className={toolButton}
        >
          <Icon path="M3 4h14v12H3zM3 13l4-4 4 4 2-2 4 4M13 7.5h.01" />
        </button>
      </div>
      {children}
      {/* Without a name it is no part of the form. */}
      <input
        ref={chooser}
        type="file"
        aria-label="Choose pictures"
        multiple
        accept={accept}
        hidden
        onChange={({ target }) => {
          onPictures([...(target.files ?? [])])
          target.value = ''
        }}
      />
    </div>
  )
}

/** The look of a button in it, and beside it. On a phone all of them share the width. */
export const toolButton =
  'inline-flex h-11 w-full min-w-0 max-w-11 items-center justify-center rounded-control text-soft transition-colors hover:bg-wash hover:text-accent'
