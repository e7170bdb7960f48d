import type { Span } from '@/lib/services/transfer/convert'
import { escapeDestination } from '@/lib/services/transfer/convert/replace'

/**
 * Obsidian’s `![[lamp.png|The lamp]]` as Markdown has it. What comes after the bar may also be a width.
 *
 * @param verbatim where code stands, which is left as it is.
 */
export function pictureEmbeds(markdown: string, verbatim: readonly Span[] = []): string {
  const parts = outside(markdown, verbatim).map(({ start, end }) => ({
    before: markdown.slice(start, end).replace(EMBED, (_, file: string, words = '') => {
      const shows = /^[\dx]*$/.test(words) ? '' : words
      return `![${shows}](${escapeDestination(file.trim())})`
    }),
    end,
  }))
  return parts.map(({ before, end }, n) => before + markdown.slice(end, verbatim[n]?.end ?? end)).join('')
}

const EMBED = /!\[\[([^[\]|#\n]+\.(?:png|jpe?g|webp|avif|gif|svg))(?:\|([^\]\n]{0,500}))?\]\]/gi

/** What stands before each of these, and after the last. */
function outside(markdown: string, spans: readonly Span[]): Span[] {
  const ends = [...spans.map(({ start }) => start), markdown.length]
  return ends.map((end, n) => ({ start: spans[n - 1]?.end ?? 0, end }))
}

/** The heading of the first level that a text begins with, and the text after it; null where it begins otherwise. */
export function leadingHeading(markdown: string): { title: string; rest: string } | null {
  const [whole = '', line = ''] = /^\s*# ([^\n]*)(?:\n|$)/.exec(markdown) ?? []
  const typed = line.trim()
  // Hashes at its end close it, if they stand apart.
  const bare = typed.replace(/(?<!#)#+$/, '')
  const title = bare.endsWith(' ') ? bare.trimEnd() : typed
  return title ? { title, rest: markdown.slice(whole.length) } : null
}

/** Names what only the program that a text was written for understands: it stays in the text as it was typed. */
export function findSyntax(markdown: string): string[] {
  const found = (pattern: RegExp) =>
    [...new Set([...markdown.matchAll(pattern)].map(([, name]) => name))].join(', ')
  const shortcodes = found(/\{\{[<%]\s*(?:\/\s*)?([\w./-]+)/g)
  const liquid = found(/\{%-?\s*(\w+)/g)
  const wiki = found(/(?<!\\)!?\[\[([^\]\n]{1,80})\]\]/g)
  return [
    ...(shortcodes ? [`Shortcodes of Hugo stay in the text as they are: ${shortcodes}.`] : []),
    ...(liquid ? [`Tags of Liquid stay in the text as they are: ${liquid}.`] : []),
    ...(wiki ? [`Links between notes stay in the text as they are: ${wiki}.`] : []),
  ]
}
