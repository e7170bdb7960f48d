'use client'

import { useRouter } from 'next/navigation'
import { useEffect } from 'react'
import { Refresh } from './refresh'

/** Asks for the page anew every few seconds, while something is under way that it shows; without JavaScript it reloads. */
export function Poll({ seconds = 2 }: { seconds?: number }) {
  const router = useRouter()
  useEffect(() => {
    const timer = setInterval(() => router.refresh(), seconds * 1000)
    return () => clearInterval(timer)
  }, [router, seconds])
  return <Refresh seconds={seconds} />
}
