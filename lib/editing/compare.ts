import { diffLines, diffWordsWithSpace } from 'diff'

/** A part of two texts: in both of them, or in one alone. */
export type Part = { kind: 'same' | 'added' | 'removed'; text: string }

/**
 * How long is looked for the fewest changes, in milliseconds. Texts that have little in common take long, and meanwhile
 * nobody else is answered: then whole lines are told, or, if that takes as long, both texts.
 */
const PATIENCE_MS = 200

/** What has become of a text, word by word where that can be told in time. */
export function compareTexts(before: string, after: string): Part[] {
  const options = { timeout: PATIENCE_MS }
  const changes = diffWordsWithSpace(before, after, options) ?? diffLines(before, after, options)
  if (!changes) return whole(before, after)
  return changes.map(({ value, added, removed }) => ({
    kind: added ? 'added' : removed ? 'removed' : 'same',
    text: value,
  }))
}

function whole(before: string, after: string): Part[] {
  return [
    { kind: 'removed', text: before },
    { kind: 'added', text: after },
  ]
}

/** Lines of what has not changed that are shown round a change. */
const CONTEXT = 2

/**
 * The same with long parts that have not changed left out; `left` says how many lines they had.
 */
export function abridged(parts: readonly Part[]): (Part | { kind: 'left'; lines: number })[] {
  return parts.flatMap((part, index): (Part | { kind: 'left'; lines: number })[] => {
    const lines = part.text.split('\n')
    const head = index === 0 ? 0 : CONTEXT
    const tail = index === parts.length - 1 ? 0 : CONTEXT
    const left = lines.length - head - tail
    if (part.kind !== 'same' || left <= CONTEXT) return [part]
    const shown = (some: string[]): Part[] =>
      some.length > 0 ? [{ kind: 'same', text: some.join('\n') }] : []
    return [
      ...shown(lines.slice(0, head)),
      { kind: 'left', lines: left },
      ...shown(lines.slice(lines.length - tail)),
    ]
  })
}
