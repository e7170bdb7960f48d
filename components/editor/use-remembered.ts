'use client'

import { useEffect, useState } from 'react'

/** Whether something is on, kept in this browser. Off until the browser has been asked, and where it keeps nothing. */
export function useRemembered(key: string): [on: boolean, set: (on: boolean) => void] {
  const [on, setOn] = useState(false)

  useEffect(() => {
    try {
      setOn(localStorage.getItem(key) === 'on')
    } catch {
      // Storage may be off.
    }
  }, [key])

  function set(next: boolean) {
    setOn(next)
    try {
      localStorage.setItem(key, next ? 'on' : 'off')
    } catch {
      // Then it is so until the page is left.
    }
  }
  return [on, set]
}
