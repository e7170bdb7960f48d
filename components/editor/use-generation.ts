'use client'

import { useEffect, useRef, useState } from 'react'
import { followGeneration, later } from '@/components/follow-generation'
import type { GenerationBody } from '@/lib/schemas/generations'
import type { Tool } from '@/lib/schemas/tools'
import { askModel, Refusal, readEnded } from './ask-model'

export type Run = {
  id: string
  text: string
  /** The connection is lost, and tried again. */
  lost: boolean
  /** What it came to; null while it runs. */
  ended: GenerationBody | null
}

/** One generation at a time, asked for and followed from the editor. */
export function useGeneration(firstAttempt: string) {
  const [run, setRun] = useState<Run | null>(null)
  const [refusal, setRefusal] = useState<Refusal | null>(null)
  /** Prices that turned out to be higher than the page has shown. */
  const [raised, setRaised] = useState<Partial<Record<Tool, number>>>({})
  const [asking, setAsking] = useState(false)
  const attempt = useRef(firstAttempt)
  const busy = useRef(false)
  const running = run !== null && run.ended === null ? run.id : null

  async function ask(tool: Tool, request: Record<string, string>): Promise<boolean> {
    if (busy.current || running) return false
    busy.current = true
    setAsking(true)
    setRefusal(null)
    try {
      const asked = await askModel({
        ...request,
        intent: `generate-${tool}`,
        generationAttempt: attempt.current,
      })
      attempt.current = asked.attempt
      setRun({ id: asked.id, text: '', lost: false, ended: null })
      return true
    } catch (error) {
      if (!(error instanceof Refusal)) throw error
      setRefusal(error)
      const { price } = error
      if (price !== null) setRaised((prices) => ({ ...prices, [tool]: price }))
      return false
    } finally {
      busy.current = false
      setAsking(false)
    }
  }

  useEffect(() => {
    if (!running) return
    const change = (to: (run: Run) => Run) => setRun((it) => (it?.id === running ? to(it) : it))
    return followGeneration(running, {
      onText: (text) => change((it) => ({ ...it, text: later(it.text, text) })),
      onLost: (lost) => change((it) => ({ ...it, lost })),
      onEnd: async () => {
        const ended = await readEnded(running)
        if (ended) change((it) => ({ ...it, text: ended.result, ended }))
      },
    })
  }, [running])

  return { run, refusal, raised, asking, ask, dismiss: () => setRun(null) }
}
