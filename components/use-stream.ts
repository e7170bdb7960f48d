'use client'

import { useRouter } from 'next/navigation'
import { useEffect, useState } from 'react'
import { followGeneration, later } from './follow-generation'

/** Follows a generation that runs, and asks for the page anew once it has ended. */
export function useStream(id: string, initialText: string, running: boolean) {
  const router = useRouter()
  const [streamed, setStreamed] = useState('')
  const [lost, setLost] = useState(false)

  useEffect(() => {
    if (!running) return
    return followGeneration(id, {
      onText: (text) => setStreamed((shown) => later(shown, text)),
      onLost: setLost,
      onEnd: () => router.refresh(),
    })
  }, [id, running, router])

  return { text: running ? later(initialText, streamed) : initialText, lost: running && lost }
}
