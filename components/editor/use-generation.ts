'use client'

import { useContext, useEffect, useRef, useState } from 'react'
import { followGeneration, later } from '@/components/follow-generation'
import { AccountContext } from '@/components/ui/form-context'
import type { GenerationBody } from '@/lib/schemas/generations'
import type { Tool } from '@/lib/schemas/tools'
import { askModel, Refusal, readEnded, UNREACHABLE } from './ask-model'
import { type Asked, askedAt } from './asked'

export type Run = Omit<Asked, 'id' | 'request'> & {
  id: string
  text: string
  /** The connection is lost, and tried again. */
  lost: boolean
  /** Why nobody can tell what it came to, if that is so. */
  trouble: string | null
  /** What it came to; null while it runs. */
  ended: GenerationBody | null
  /** It was asked for before the connection was lost, and something else has been asked for since. */
  isEarlier: boolean
}

/** One generation at a time, asked for and followed from the editor of a post, also when its page is loaded again. */
export function useGeneration(firstAttempt: string, postId: string | null) {
  const [run, setRun] = useState<Run | null>(null)
  const [refusal, setRefusal] = useState<Refusal | null>(null)
  /** Prices that turned out to be higher than the page has shown. */
  const [raised, setRaised] = useState<Partial<Record<Tool, number>>>({})
  const [asking, setAsking] = useState(false)
  const attempt = useRef(firstAttempt)
  const busy = useRef(false)
  /** What was sent, and may have been taken on without an answer. */
  const open = useRef<Asked | null>(null)
  const storage = useRef(askedAt(useContext(AccountContext), postId))
  const running = run !== null && run.ended === null ? run.id : null

  useEffect(() => {
    const earlier = storage.current.read()
    if (!earlier) return
    if (earlier.id) return setRun(begun({ ...earlier, id: earlier.id }))
    open.current = earlier
    setRefusal(new Refusal(UNREACHABLE))
  }, [])

  async function ask(asked: Pick<Asked, 'tool' | 'passage' | 'request'>): Promise<void> {
    if (busy.current || running) return
    busy.current = true
    setAsking(true)
    setRefusal(null)
    try {
      const request = { ...asked.request, generationAttempt: attempt.current }
      const earlier = await sendOpen()
      const taken = earlier ?? (await send({ ...asked, request, id: null }))
      setRun({ ...begun(taken), isEarlier: earlier !== null && !isSame(earlier.request, request) })
    } catch (error) {
      if (!(error instanceof Refusal)) throw error
      setRefusal(error)
      const { price } = error
      if (price !== null) setRaised((prices) => ({ ...prices, [asked.tool]: price }))
    } finally {
      busy.current = false
      setAsking(false)
    }
  }

  /**
   * What there was no answer to comes first, as it was: changed, it would be another generation and another charge.
   *
   * @returns null if there is none such, or if it turns out that it was never taken on.
   */
  async function sendOpen(): Promise<Taken | null> {
    if (!open.current) return null
    return send(open.current).catch((error: unknown) => {
      if (error instanceof Refusal && !error.isOpen) return null
      throw error
    })
  }

  async function send(it: Asked): Promise<Taken> {
    open.current = it
    storage.current.write(it)
    try {
      const { id, attempt: next } = await askModel(it.request)
      attempt.current = next
      open.current = null
      storage.current.write({ ...it, id })
      return { ...it, id }
    } catch (error) {
      if (error instanceof Refusal && !error.isOpen) {
        open.current = null
        storage.current.forget()
      }
      throw error
    }
  }

  useEffect(() => {
    if (!running) return
    const change = (to: Partial<Run> | ((run: Run) => Partial<Run>)) =>
      setRun((it) => (it?.id === running ? { ...it, ...(typeof to === 'function' ? to(it) : to) } : it))
    return followGeneration(running, {
      onText: (text) => change((it) => ({ text: later(it.text, text), trouble: null })),
      onLost: (lost) => change({ lost }),
      onEnd: async () => {
        const ended = await readEnded(running)
        if (typeof ended === 'string') change({ trouble: ended })
        else if (ended) change({ text: ended.result, trouble: null, ended })
      },
    })
  }, [running])

  return {
    ...{ run, refusal, raised, asking, ask },
    /** It is used: a page that is loaded again need not show it any more. */
    settle: () => storage.current.forget(),
    dismiss: () => {
      storage.current.forget()
      setRun(null)
    },
  }
}

type Taken = Asked & { id: string }

function begun({ id, tool, passage }: Taken): Run {
  return { id, tool, passage, text: '', lost: false, trouble: null, ended: null, isEarlier: false }
}

/** Sent again, a request has another attempt key or none of its own. */
function isSame({ generationAttempt: _, ...one }: Asked['request'], other: Asked['request']): boolean {
  return Object.entries(one).every(([name, value]) => other[name] === value)
}
