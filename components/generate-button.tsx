'use client'

import { useEffect, useRef, useState } from 'react'
import { formatCredits } from '@/components/ui/credits'
import { SubmitButton } from '@/components/ui/submit'

/**
 * The button with the price on it. It follows the chosen tool where there is JavaScript; without, it names
 * the most that any tool costs, and each tool its own, so that the price is a ceiling either way.
 */
export function GenerateButton({ prices, initial }: { prices: Record<string, number>; initial: string }) {
  const [tool, setTool] = useState<string | null>(null)
  const button = useRef<HTMLSpanElement>(null)

  useEffect(() => {
    const select = button.current?.closest('form')?.querySelector<HTMLSelectElement>('select[name=tool]')
    if (!select) return
    const follow = () => setTool(select.value)
    follow()
    select.addEventListener('change', follow)
    return () => select.removeEventListener('change', follow)
  }, [])

  const price = tool === null ? Math.max(prices[initial] ?? 0, ...Object.values(prices)) : (prices[tool] ?? 0)
  return (
    <span ref={button} className="self-start">
      <SubmitButton size="lg">{`Generate for ${price > 1 ? 'up to ' : ''}${formatCredits(price)}`}</SubmitButton>
    </span>
  )
}
