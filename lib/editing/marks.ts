import type { Edit, Selected } from '@/lib/editing/edit'

/** Puts a mark such as `**` round what is selected, without the spaces at its ends, or takes it away. */
export function toggleMark({ value, start, end }: Selected, mark: string): Edit {
  const [from, to] = withoutSpaces(value, start, end)
  const inner = value.slice(from, to)
  const width = mark.length
  const sign = mark[0] ?? ''
  const inside = Math.min(runAtStart(inner, sign), runAtEnd(inner, sign))
  if (hasMark(inside, width) && inner.length > 2 * inside) {
    const insert = inner.slice(width, -width)
    return { from, to, insert, start: from, end: from + insert.length }
  }
  const outside = Math.min(runAtEnd(value.slice(0, from), sign), runAtStart(value.slice(to), sign))
  if (hasMark(outside, width)) {
    return { from: from - width, to: to + width, insert: inner, start: from - width, end: to - width }
  }
  return { from, to, insert: mark + inner + mark, start: from + width, end: to + width }
}

/** Whether so many signs have a mark of this width among them: two are bold and not italic, three are both. */
function hasMark(signs: number, width: number): boolean {
  return signs === width || signs === 3
}

function runAtStart(text: string, sign: string): number {
  let count = 0
  while (text[count] === sign) count++
  return count
}

function runAtEnd(text: string, sign: string): number {
  let count = 0
  while (count < text.length && text[text.length - 1 - count] === sign) count++
  return count
}

/** Code: within a line between backticks, of several lines as a block. */
export function toggleCode(text: Selected): Edit {
  const inner = text.value.slice(text.start, text.end)
  if (!inner.includes('\n')) return toggleMark(text, '`')
  const before = text.start === 0 || text.value[text.start - 1] === '\n' ? '' : '\n'
  const after = inner.endsWith('\n') ? '' : '\n'
  const opening = `${before}\`\`\`\n`
  return {
    from: text.start,
    to: text.end,
    insert: `${opening}${inner}${after}\`\`\`\n`,
    start: text.start + opening.length,
    end: text.start + opening.length + inner.length,
  }
}

const ADDRESS = /^(https?:\/\/|mailto:|\/)\S+$/

/** A link of what is selected. An address becomes the link’s own, and a text is asked for; else the other way round. */
export function makeLink({ value, start, end }: Selected): Edit {
  const [from, to] = withoutSpaces(value, start, end)
  const inner = value.slice(from, to)
  if (ADDRESS.test(inner)) return { from, to, insert: `[](${inner})`, start: from + 1, end: from + 1 }
  const address = from + inner.length + 3
  const placeholder = 'https://'
  const insert = `[${inner}](${placeholder})`
  if (!inner) return { from, to, insert, start: from + 1, end: from + 1 }
  return { from, to, insert, start: address, end: address + placeholder.length }
}

function withoutSpaces(value: string, start: number, end: number): [from: number, to: number] {
  const inner = value.slice(start, end)
  if (!inner.trim()) return [start, end]
  return [start + (inner.length - inner.trimStart().length), end - (inner.length - inner.trimEnd().length)]
}
