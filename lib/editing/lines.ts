import { type Edit, linesOf, type Selected } from '@/lib/editing/edit'

const HEADING = /^#{1,6}\s+/
const QUOTE = /^>\s?/
const ITEM = /^(\s*)([-*+]|\d{1,9}[.)])\s+(\[[ xX]\]\s+)?/

/** Makes the selected lines headings of the second rank (the title is the first), or plain again. */
export function toggleHeading(text: Selected): Edit {
  return toggleLines(text, HEADING, '## ')
}

/** Makes the selected lines a quotation, or plain again. */
export function toggleQuote(text: Selected): Edit {
  return toggleLines(text, QUOTE, '> ')
}

/** Makes the selected lines items of a list, or plain again. */
export function toggleList(text: Selected): Edit {
  return toggleLines(text, ITEM, '- ')
}

function toggleLines(text: Selected, mark: RegExp, prefix: string): Edit {
  const { lines } = linesOf(text)
  const written = lines.filter((line) => line.trim() !== '')
  const marked = written.length > 0 && written.every((line) => mark.test(line))
  const single = lines.length === 1
  return changeLines(text, (line) => {
    if (marked) return line.replace(mark, '')
    return line.trim() === '' && !single ? line : prefix + line.replace(mark, '')
  })
}

/** Moves the selected lines two spaces to the right, as far as an item of a list stands below another. */
export function indent(text: Selected): Edit {
  return changeLines(text, (line) => (line.trim() === '' ? line : `  ${line}`))
}

/** The other way round. */
export function outdent(text: Selected): Edit {
  return changeLines(text, (line) => line.replace(/^ {1,2}|^\t/, ''))
}

function changeLines(text: Selected, change: (line: string) => string): Edit {
  const { from, to, lines } = linesOf(text)
  const changed = lines.map(change)
  const insert = changed.join('\n')
  if (text.start !== text.end) return { from, to, insert, start: from, end: from + insert.length }
  // A caret keeps its distance from the end of its line.
  const caret = Math.max(from, text.start + insert.length - (to - from))
  return { from, to, insert, start: caret, end: caret }
}

/**
 * What the Enter key does in a list or a quotation: the next item begins, numbers count on, and an empty one ends it.
 * Null where Enter does what it does anywhere.
 */
export function continueLine(text: Selected): Edit | null {
  const { value, start, end } = text
  const from = value.lastIndexOf('\n', start - 1) + 1
  const line = value.slice(from, start)
  const mark = markOf(line)
  if (!mark || start !== end) return null
  const rest = value.slice(start, `${value}\n`.indexOf('\n', start))
  if (line.trim() === mark.trim() && rest.trim() === '')
    return { from, to: start, insert: '', start: from, end: from }
  // Enter before the text of an item makes room above it.
  if (line.length < mark.length) return null
  const insert = `\n${nextMark(mark)}`
  return { from: start, to: start, insert, start: start + insert.length, end: start + insert.length }
}

function markOf(line: string): string | null {
  return (ITEM.exec(line) ?? /^\s*(>\s?)+/.exec(line))?.[0] ?? null
}

function nextMark(mark: string): string {
  return mark.replace(/\d+/, (number) => String(Number(number) + 1)).replace(/\[[xX]\]/, '[ ]')
}
