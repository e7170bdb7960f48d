'use client'

import { type RefObject, useState } from 'react'
import { countWords, readingMinutes } from '@/lib/editing/word-count'
import { useSettled } from './use-settled'

/** How long the text is, for its writer and for its readers. */
export function Length({ field }: { field: RefObject<HTMLTextAreaElement | null> }) {
  const [words, setWords] = useState(0)
  useSettled(field, (text) => setWords(countWords(text)))
  const minutes = readingMinutes(words)
  return (
    <p className="mt-1.5 text-sm text-soft tabular-nums">
      {words === 1 ? '1 word' : `${words} words`}, {minutes === 1 ? 'a minute' : `${minutes} minutes`} to read
    </p>
  )
}
