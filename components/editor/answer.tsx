'use client'

import { useLayoutEffect, useRef, useState } from 'react'
import { Button } from '@/components/ui/button'
import { formatCredits } from '@/components/ui/credits'
import { titlesIn } from '@/lib/editing/generated'
import type { GenerationBody } from '@/lib/schemas/generations'
import type { Tool } from '@/lib/schemas/tools'
import { stopModel } from './ask-model'
import { type Change, type Choice, findPassage, isUntouched, type Passage, put, takeBack } from './put'
import type { Run } from './use-generation'

type AnswerProps = {
  run: Run
  /** Told that it has been put somewhere. */
  onUse: () => void
  onDismiss: () => void
}

/** What the model has answered, and where it may go. Nothing is changed before the writer says so. */
export function Answer({ run, onUse, onDismiss }: AnswerProps) {
  const [changes, setChanges] = useState<readonly Change[] | null>(null)
  const [said, setSaid] = useState('')
  const state = useRef<HTMLParagraphElement>(null)
  const { tool, passage, text, ended, lost, trouble, isEarlier } = run
  const lasting = ended !== null

  function choose(choice: Choice) {
    const form = state.current?.closest('form')
    if (!form) return
    const content = contentOf(form)
    if (choice.put === 'passage' && findPassage(content, choice.passage) === -1) {
      return setSaid('The passage has changed since. Put the answer at the caret instead.')
    }
    setChanges(put(form, choice))
    setSaid('Done. It is saved when you save the post.')
    onUse()
  }

  function undo() {
    if (changes && isUntouched(changes)) {
      takeBack(changes)
      setSaid('Yours is back.')
    } else setSaid('You have typed since: Ctrl or ⌘ and Z takes back one step after the other.')
    setChanges(null)
  }

  return (
    <div className="rounded-control border border-line bg-leaf px-4 py-4 sm:px-5">
      <div className="mb-3 flex items-center justify-between gap-4">
        <p ref={state} tabIndex={-1} aria-live="polite" className="text-sm text-soft">
          {ended ? outcome(ended) : (trouble ?? (lost ? LOST : 'Writing. You may go on writing, too.'))}
        </p>
        {/* Not where the choices will be: a second click on it must not choose. */}
        {!lasting && !trouble && (
          <Stop
            onPress={async () => setSaid(await stopModel(run.id))}
            onGone={() => state.current?.focus()}
          />
        )}
      </div>
      {isEarlier && (
        <p className="mb-3 text-sm text-soft">
          It is what you had asked for before the connection was lost. What you ask for now is another press.
        </p>
      )}
      {lasting && tool === 'titles' ? (
        <ul className="flex flex-col gap-2">
          {titlesIn(text).map((title, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: two may be the same, and their order never changes
            <li key={index} className="flex items-center justify-between gap-4">
              <span className="min-w-0 font-serif text-lg">{title}</span>
              <Button
                size="sm"
                variant="secondary"
                onClick={() => choose({ put: 'title', text: title })}
                className="shrink-0"
              >
                Use this title
              </Button>
            </li>
          ))}
        </ul>
      ) : (
        <div className={`prose whitespace-pre-wrap ${lasting ? '' : 'caret'}`}>{text}</div>
      )}
      <div className="mt-4 flex flex-wrap items-center gap-3">
        {lasting &&
          text.trim() !== '' &&
          choicesFor(tool, text, passage).map(({ name, choice }, index) => (
            <Button
              key={name}
              size="sm"
              variant={index === 0 ? 'primary' : 'secondary'}
              onClick={() => choose(choice)}
            >
              {name}
            </Button>
          ))}
        {changes && (
          <Button size="sm" variant="secondary" onClick={undo}>
            Undo
          </Button>
        )}
        {(lasting || trouble) && (
          <Button size="sm" variant="quiet" onClick={onDismiss}>
            Dismiss
          </Button>
        )}
      </div>
      <p aria-live="polite" className="mt-3 text-sm text-soft empty:hidden">
        {said}
      </p>
    </div>
  )
}

/** Gone with the run it stops, it must not take the place of whoever uses the keyboard along. */
function Stop({ onPress, onGone }: { onPress: () => void; onGone: () => void }) {
  const box = useRef<HTMLSpanElement>(null)
  const leave = useRef(onGone)

  useLayoutEffect(() => {
    const it = box.current
    return () => {
      if (it?.contains(document.activeElement)) leave.current()
    }
  }, [])

  return (
    <span ref={box}>
      <Button size="sm" variant="secondary" onClick={onPress}>
        Stop
      </Button>
    </span>
  )
}

const LOST = 'The connection was lost. Trying again; nothing is lost meanwhile.'

function outcome({ status, credits: { charged, balance } }: GenerationBody): string {
  const cost = `${formatCredits(charged ?? 0)} charged, ${balance} left.`
  if (status === 'failed') return `It failed. This is what had arrived, and nothing was charged.`
  return status === 'stopped' ? `Stopped. This is what had arrived. ${cost}` : `Finished. ${cost}`
}

function choicesFor(tool: Tool, text: string, passage: Passage | null): { name: string; choice: Choice }[] {
  const caret = { name: 'Insert at the caret', choice: { put: 'caret', text } } as const
  switch (tool) {
    case 'draft':
      return [caret, { name: 'Replace the text', choice: { put: 'all', text } }]
    case 'rewrite':
      return [
        ...(passage
          ? [{ name: 'Replace the passage', choice: { put: 'passage', text, passage } } as const]
          : []),
        caret,
      ]
    case 'summarize':
      return [{ name: 'Use as excerpt', choice: { put: 'excerpt', text } }, caret]
    case 'titles':
      return []
  }
}

function contentOf(form: HTMLFormElement): string {
  return String(new FormData(form).get('content') ?? '')
}
