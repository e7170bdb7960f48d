import type { Edit, Selected } from '@/lib/editing/edit'

/** Puts a text in the place of what is selected, as paragraphs of its own; it is selected then. */
export function insertBlock({ value, start, end }: Selected, text: string): Edit {
  const before = value.slice(0, start)
  const after = value.slice(end)
  const opening = before.trim() === '' ? '' : '\n'.repeat(missing(/\n*$/.exec(before)?.[0]))
  const closing = after.trim() === '' ? '' : '\n'.repeat(missing(/^\n*/.exec(after)?.[0]))
  const from = start + opening.length
  return { from: start, to: end, insert: opening + text + closing, start: from, end: from + text.length }
}

/** Line ends that are missing to the two between paragraphs. */
function missing(there = ''): number {
  return Math.max(0, 2 - there.length)
}
