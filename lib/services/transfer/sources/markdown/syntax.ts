import { escapeDestination } from '@/lib/services/transfer/convert/replace'

/** Obsidian’s `![[lamp.png|The lamp]]` as Markdown has it. What comes after the bar may also be a width. */
export function pictureEmbeds(markdown: string): string {
  return markdown.replace(
    /!\[\[([^\]|#\n]+\.(?:png|jpe?g|webp|avif|gif|svg))(?:\|([^\]\n]*))?\]\]/gi,
    (_, file: string, words = '') =>
      `![${/^[\dx]*$/.test(words) ? '' : words}](${escapeDestination(file.trim())})`,
  )
}

/** Names what only the program that a text was written for understands: it stays in the text as it was typed. */
export function findSyntax(markdown: string): string[] {
  const found = (pattern: RegExp) =>
    [...new Set([...markdown.matchAll(pattern)].map(([, name]) => name))].join(', ')
  const shortcodes = found(/\{\{[<%]\s*\/?\s*([\w./-]+)/g)
  const liquid = found(/\{%-?\s*(\w+)/g)
  const wiki = found(/(?<!\\)!?\[\[([^\]\n]{1,80})\]\]/g)
  return [
    ...(shortcodes ? [`Shortcodes of Hugo stay in the text as they are: ${shortcodes}.`] : []),
    ...(liquid ? [`Tags of Liquid stay in the text as they are: ${liquid}.`] : []),
    ...(wiki ? [`Links between notes stay in the text as they are: ${wiki}.`] : []),
  ]
}
