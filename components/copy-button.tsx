'use client'

import { type MouseEvent, useState } from 'react'

/** Copies the code of the figure it stands in. Without a script there is no such button: `reference.css` hides it. */
export function CopyButton({ of: what }: { of: string }) {
  const [said, setSaid] = useState('Copy')

  async function copy(event: MouseEvent<HTMLButtonElement>) {
    const code = event.currentTarget.closest('figure')?.querySelector('code')
    if (!code) return
    try {
      await navigator.clipboard.writeText(code.textContent)
      setSaid('Copied')
    } catch {
      // Browsers let only secure origins write to the clipboard: what is selected can be copied by hand.
      getSelection()?.selectAllChildren(code)
      setSaid('Selected')
    }
  }

  return (
    <button
      type="button"
      onClick={copy}
      onBlur={() => setSaid('Copy')}
      aria-label={`${said}: ${what}`}
      className="scripted min-h-9 rounded-control px-3 text-sm text-accent hover:bg-wash"
    >
      <span aria-live="polite">{said}</span>
    </button>
  )
}
