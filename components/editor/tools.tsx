import type { ReactNode } from 'react'
import type { Edit, Selected } from '@/lib/editing/edit'
import { continueLine, indent, outdent, toggleHeading, toggleList, toggleQuote } from '@/lib/editing/lines'
import { makeLink, toggleCode, toggleMark } from '@/lib/editing/marks'

type Change = (text: Selected) => Edit | null
export type Tool = { name: string; change: Change; icon: ReactNode; key?: string }

/** What the toolbar offers beside pictures, in its order. `key` is pressed with Ctrl, or Cmd on a Mac. */
export const TOOLS: readonly Tool[] = [
  { name: 'Bold', change: (text) => toggleMark(text, '**'), key: 'b', icon: <b>B</b> },
  {
    name: 'Italic',
    change: (text) => toggleMark(text, '*'),
    key: 'i',
    icon: <i className="font-serif text-lg">I</i>,
  },
  { name: 'Heading', change: toggleHeading, icon: <span className="font-serif text-lg">H</span> },
  {
    name: 'Link',
    change: makeLink,
    key: 'k',
    icon: (
      <Icon path="M8 12 12 8M9 5.5l1.6-1.6a3.9 3.9 0 0 1 5.5 5.5L14.5 11M11 14.500l-1.6 1.600a3.9 3.9 0 0 1-5.5-5.500L5.5 9" />
    ),
  },
  { name: 'Quote', change: toggleQuote, icon: <Icon path="M4 4v12M8 6h8M8 10h8M8 14h5" /> },
  {
    name: 'List',
    change: toggleList,
    icon: <Icon path="M8 5h9M8 10h9M8 15h9M3.5 5h.01M3.5 10h.01M3.5 15h.01" />,
  },
  { name: 'Code', change: toggleCode, icon: <Icon path="m7 6-4 4 4 4M13 6l4 4-4 4" /> },
]

/** What keys do that stand for no tool, with Ctrl or Cmd. Tab is left alone: it leads out of the field, as everywhere. */
const OTHER_KEYS: Record<string, Change> = { ']': indent, '[': outdent }

type Pressed = Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey' | 'isComposing'>

/** The change that a key stands for; null for one that does what it always does. */
export function changeFor(event: Pressed): Change | null {
  const { key, ctrlKey, metaKey, altKey, shiftKey, isComposing } = event
  // While a word is being composed, keys belong to the input method. AltGr arrives as Ctrl and Alt.
  if (isComposing || altKey) return null
  if (ctrlKey || metaKey) {
    const pressed = key.toLowerCase()
    return OTHER_KEYS[pressed] ?? TOOLS.find((tool) => tool.key === pressed)?.change ?? null
  }
  return key === 'Enter' && !shiftKey ? continueLine : null
}

export function Icon({ path }: { path: string }) {
  return (
    <svg viewBox="0 0 20 20" className="size-5" aria-hidden="true">
      <path
        d={path}
        fill="none"
        stroke="currentColor"
        strokeWidth="1.6"
        strokeLinecap="round"
        strokeLinejoin="round"
      />
    </svg>
  )
}
