'use client'

import { useEffect, useState } from 'react'

/** Whether JavaScript is at work by now: what needs it is not shown before. */
export function useScripted(): boolean {
  const [scripted, setScripted] = useState(false)
  useEffect(() => setScripted(true), [])
  return scripted
}
