'use client'

import { type RefObject, useEffect, useMemo, useRef, useState } from 'react'
import { Prose } from '@/components/prose'
import { newestOnly } from '@/lib/editing/newest-only'
import { useSettled } from './use-settled'

type Rendered = { html: string } | { trouble: string }

/** The text as the public page will show it, while it is written: rendered by the server, by the same means. */
export function LiveView({ field }: { field: RefObject<HTMLTextAreaElement | null> }) {
  const [html, setHtml] = useState('')
  const [trouble, setTrouble] = useState<string | null>(null)
  const here = useRef(true)
  const ask = useMemo(
    () =>
      newestOnly(render, (it) => {
        if (!here.current) return
        if ('html' in it) setHtml(it.html)
        setTrouble('trouble' in it ? it.trouble : null)
      }),
    [],
  )
  useSettled(field, ask)
  useEffect(() => {
    here.current = true
    return () => {
      here.current = false
    }
  }, [])

  return (
    <section aria-label="As readers will see it" className="min-w-0 lg:pt-1">
      {trouble && <p className="mb-4 text-sm text-warn">{trouble}</p>}
      {html === '' ? <p className="text-soft">There is nothing to show yet.</p> : <Prose html={html} />}
    </section>
  )
}

async function render(content: string): Promise<Rendered> {
  try {
    const answer = await fetch('/dashboard/editor/render', {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ content }),
    })
    const body = await answer.json()
    return answer.ok ? { html: body.html } : { trouble: `This is not up to date. ${body.detail}` }
  } catch {
    return { trouble: 'This is not up to date: the server could not be reached.' }
  }
}
