/** A text with what is selected in it, as a textarea tells both; indexes count UTF-16 units. */
export type Selected = { value: string; start: number; end: number }

/** Puts `insert` in the place of what stands from `from` to `to`, and selects from `start` to `end` of the result. */
export type Edit = { from: number; to: number; insert: string; start: number; end: number }

/** What an edit makes of a text. */
export function applied({ value }: Selected, { from, to, insert, start, end }: Edit): Selected {
  return { value: value.slice(0, from) + insert + value.slice(to), start, end }
}

/** The whole lines that the selection touches; one that it only reaches the beginning of is not among them. */
export function linesOf({ value, start, end }: Selected): { from: number; to: number; lines: string[] } {
  const last = end > start && value[end - 1] === '\n' ? end - 1 : end
  const from = value.lastIndexOf('\n', start - 1) + 1
  const next = value.indexOf('\n', last)
  const to = next === -1 ? value.length : next
  return { from, to, lines: value.slice(from, to).split('\n') }
}
