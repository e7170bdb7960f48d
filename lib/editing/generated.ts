const HEADING = /^\s*#\s+(.+?)\s*#*\s*(?:\n|$)/

/** A generated post: what its first line says as a heading of the first rank, and the rest. */
export function splitHeading(text: string): { heading: string | null; body: string } {
  const found = HEADING.exec(text)
  if (!found) return { heading: null, body: text.trim() }
  return { heading: found[1] ?? null, body: text.slice(found[0].length).trim() }
}

/** The titles in a model’s answer, one a line, without the numbers and quotation marks that some put round them. */
export function titlesIn(text: string): string[] {
  return text
    .split('\n')
    .map((line) => line.trim().replace(/^(\d+[.)]|[-*•])\s+/, ''))
    .map((line) => line.replace(/^\*\*(.*)\*\*$/, '$1').replace(/^["“„«]([^"“”„«»]*)["”“»]$/, '$1'))
    .map((line) => line.trim())
    .filter((line) => line !== '')
}

/** A text as one paragraph of at most so many characters, ended between words. */
export function asExcerpt(text: string, max: number): string {
  const line = text.replace(/\s+/g, ' ').trim()
  const characters = Array.from(line)
  if (characters.length <= max) return line
  const cut = characters.slice(0, max - 1).join('')
  const space = cut.lastIndexOf(' ')
  return `${space > 0 ? cut.slice(0, space) : cut}…`
}
