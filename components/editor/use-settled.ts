import { type RefObject, useEffect, useEffectEvent } from 'react'

/** How long nothing must be typed, in milliseconds; and after how long it is told anyway, so that it stays alive. */
const PAUSE_MS = 250
const AT_MOST_MS = 1_000

/** Calls back with the text of a field, at first and then whenever its writer pauses. */
export function useSettled(field: RefObject<HTMLTextAreaElement | null>, tell: (text: string) => void): void {
  const onSettled = useEffectEvent(tell)

  useEffect(() => {
    const textarea = field.current
    if (!textarea) return
    let timer: ReturnType<typeof setTimeout> | undefined
    let due = 0
    const settle = () => {
      timer = undefined
      onSettled(textarea.value)
    }
    const wait = () => {
      const now = performance.now()
      if (timer === undefined) due = now + AT_MOST_MS
      clearTimeout(timer)
      timer = setTimeout(settle, Math.max(0, Math.min(PAUSE_MS, due - now)))
    }
    settle()
    textarea.addEventListener('input', wait)
    return () => {
      clearTimeout(timer)
      textarea.removeEventListener('input', wait)
    }
  }, [field])
}
