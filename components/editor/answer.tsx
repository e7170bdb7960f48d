'use client'

import { useState } from 'react'
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
  tool: Tool
  /** What was to be rewritten. */
  passage: Passage | null
  form: HTMLFormElement
  onDismiss: () => void
}

/** What the model has answered, and where it may go. Nothing is changed before the writer says so. */
export function Answer({ run, tool, passage, form, onDismiss }: AnswerProps) {
  const [changes, setChanges] = useState<readonly Change[] | null>(null)
  const [said, setSaid] = useState('')
  const { text, ended, lost } = run
  const lasting = ended !== null

  function choose(choice: Choice) {
    const content = contentOf(form)
    if (choice.put === 'passage' && findPassage(content, choice.passage) === -1) {
      return setSaid('The passage has changed since. Put the answer at the caret instead.')
    }
    setChanges(put(form, choice))
    setSaid('Done. It is saved when you save the post.')
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
        <p aria-live="polite" className="text-sm text-soft">
          {ended ? outcome(ended) : lost ? LOST : 'Writing. You may go on writing, too.'}
        </p>
        {/* Not where the choices will be: a second click on it must not choose. */}
        {!lasting && (
          <Button size="sm" variant="secondary" onClick={() => stopModel(run.id)}>
            Stop
          </Button>
        )}
      </div>
      {lasting && tool === 'titles' ? (
        <ul className="flex flex-col gap-2">
          {titlesIn(text).map((title) => (
            <li key={title} className="flex items-center justify-between gap-4">
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
        {lasting && (
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
