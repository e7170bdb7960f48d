'use client'

import { type MouseEvent, useEffect, useRef } from 'react'
import { formatCredits } from '@/components/ui/credits'
import { Hidden, Select, TextArea } from '@/components/ui/field'
import { useFormState } from '@/components/ui/form-context'
import { Notice } from '@/components/ui/notice'
import { SubmitButton } from '@/components/ui/submit'
import type { Tool } from '@/lib/schemas/tools'
import { Answer } from './answer'
import { changeField, selectedIn } from './change-field'
import type { Passage } from './put'
import { useGeneration } from './use-generation'
import { useScripted } from './use-scripted'

export type PanelMaterial = {
  /** In credits, at most. */
  prices: Partial<Record<Tool, number>>
  projects: readonly { id: string; name: string }[]
  /** There is no model, and the basic engine answers. */
  basic: boolean
  /** Made by the server with the page: asking twice is asking once. */
  attempt: string
}

/**
 * Writing with the model, in the editor. Its fields and buttons are the form's own: without JavaScript they save what
 * was typed and lead to the page of the generation. With it, the answer comes into the panel.
 */
export function ModelPanel({
  prices: shown,
  projects,
  basic,
  attempt,
  postId,
}: PanelMaterial & { postId: string | null }) {
  const { status, values } = useFormState()
  const scripted = useScripted()
  const { run, refusal, raised, asking, ask, settle, dismiss } = useGeneration(attempt, postId)
  const panel = useRef<HTMLDetailsElement>(null)
  const prices = { ...shown, ...raised }
  const busy = asking || (run !== null && run.ended === null)
  const quotes = Object.entries(prices)
    .map(([tool, price]) => `${tool}:${price}`)
    .join(' ')

  async function press(event: MouseEvent<HTMLButtonElement>, tool: Tool) {
    const form = event.currentTarget.form
    if (!form) return
    event.preventDefault()
    const passage = tool === 'rewrite' ? takePassage(form) : null
    const fields = new FormData(form)
    const given = (name: string) => String(fields.get(name) ?? '')
    const needsContent = tool === 'summarize' || tool === 'titles'
    await ask({
      tool,
      passage,
      request: {
        intent: `generate-${tool}`,
        prompt: given('prompt'),
        passage: given('passage'),
        content: needsContent ? given('content') : '',
        projectId: given('projectId'),
        quotes,
      },
    })
  }

  // What was asked for before the page was loaded again is to be seen.
  const hasNews = run !== null || refusal !== null
  useEffect(() => {
    if (hasNews && panel.current) panel.current.open = true
  }, [hasNews])

  return (
    <details
      ref={panel}
      open={(status === 'error' && String(values.intent).startsWith('generate-')) || undefined}
      className="rounded-control border border-line open:bg-wash/40"
    >
      <summary className="min-h-11 px-4 py-2.5 font-medium">Write with the model</summary>
      <div className="flex flex-col gap-4 px-4 pt-1 pb-5">
        {basic && (
          <p className="text-sm text-soft">Basic (no AI model): it works with your own words only.</p>
        )}
        <Hidden name="generationAttempt" value={attempt} />
        <Hidden name="quotes" value={quotes} />
        <TextArea
          name="prompt"
          label="Prompt"
          rows={2}
          hint="What to write about, or how to rewrite. Not needed for a summary or titles."
        />
        <div className="grid gap-4 sm:grid-cols-[2fr_1fr]">
          <TextArea
            name="passage"
            label="Passage"
            rows={2}
            hint={`What is to be rewritten.${scripted ? ' What you select above is put here.' : ''}`}
          />
          <Select
            name="projectId"
            label="Project"
            hint="Its brief is given to the model."
            options={[
              { value: '', label: 'None' },
              ...projects.map(({ id, name }) => ({ value: id, label: name })),
            ]}
          />
        </div>
        <div className="flex flex-wrap gap-3">
          {BUTTONS.map(({ tool, name }) => {
            const price = prices[tool]
            return price === undefined ? null : (
              <SubmitButton
                key={tool}
                name="intent"
                value={`generate-${tool}`}
                variant="secondary"
                size="sm"
                {...(busy ? { 'aria-disabled': true } : {})}
                onClick={(event) => press(event, tool)}
              >
                {`${name} · ${price > 1 ? 'up to ' : ''}${formatCredits(price)}`}
              </SubmitButton>
            )
          })}
        </div>
        {refusal && (
          <Notice tone="danger" role="alert">
            <p>{refusal.message}</p>
          </Notice>
        )}
        {run && <Answer key={run.id} run={run} onUse={settle} onDismiss={dismiss} />}
      </div>
    </details>
  )
}

const BUTTONS: { tool: Tool; name: string }[] = [
  { tool: 'draft', name: 'Write' },
  { tool: 'rewrite', name: 'Rewrite' },
  { tool: 'summarize', name: 'Summarise' },
  { tool: 'titles', name: 'Propose titles' },
]

/**
 * Where in the text the passage to rewrite stands: what is selected, which is put into its field to be seen, or else what
 * stands in that field. Null for one that is not in the text.
 */
function takePassage(form: HTMLFormElement): Passage | null {
  const content = form.elements.namedItem('content')
  const passage = form.elements.namedItem('passage')
  if (!(content instanceof HTMLTextAreaElement) || !(passage instanceof HTMLTextAreaElement)) return null
  const { value, start, end } = selectedIn(content)
  const selected = value.slice(start, end).trim()
  if (selected) {
    const at = start + value.slice(start, end).indexOf(selected)
    const all = { from: 0, to: passage.value.length, insert: selected }
    changeField(passage, { ...all, start: selected.length, end: selected.length })
    return { text: selected, at }
  }
  const typed = passage.value.trim()
  return typed && value.includes(typed) ? { text: typed, at: value.indexOf(typed) } : null
}
