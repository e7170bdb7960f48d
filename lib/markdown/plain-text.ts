import type { Node } from './tree.ts'

/** What of a tree of HTML is running text, in one line: no headings, tables, code of its own, formulas or footnotes. */
export function plainText(tree: Node): string {
  return wordsOf(tree).replace(/\s+/g, ' ').trim()
}

function wordsOf({ type, tagName = '', value = '', children = [] }: Node): string {
  if (type === 'text') return value
  if (/^(h\d|table|pre|section|math)$/.test(tagName)) return ' '
  if (tagName === 'sup') return ''
  const words = children.map(wordsOf).join('')
  return /^(a|code|del|em|strong)$/.test(tagName) ? words : ` ${words} `
}
