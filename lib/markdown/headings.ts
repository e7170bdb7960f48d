import GithubSlugger from 'github-slugger'
import { type Node, nodesIn, textOf } from './tree.ts'

/** A heading of a text, as its table of contents has it. `depth` is 2 to 6. */
export type Heading = { id: string; text: string; depth: number }

/** The title of the page is its one `h1`: a text with headings of that rank moves down by one. For Markdown. */
export function belowTheTitle(tree: Node): void {
  const headings = nodesIn(tree, ({ type }) => type === 'heading')
  if (!headings.some(({ depth }) => depth === 1)) return
  for (const heading of headings) heading.depth = Math.min(6, (heading.depth ?? 1) + 1)
}

/**
 * Gives every heading of HTML an id of its own, which stays as long as its words do, and is no id of a footnote’s nor a
 * name that scripts might look for.
 */
export function nameHeadings(tree: Node): Heading[] {
  const slugger = new GithubSlugger()
  return headingsOf(tree).map((heading) => {
    const text = textOf(heading)
    const id = `section-${slugger.slug(text)}`
    heading.properties = { ...heading.properties, id }
    return { id, text, depth: Number(heading.tagName?.slice(1)) }
  })
}

/** Without that of the footnotes, which remark makes. */
function headingsOf(tree: Node): Node[] {
  const all = nodesIn(tree, ({ tagName }) => /^h[1-6]$/.test(tagName ?? ''))
  return all.filter(({ properties }) => properties?.id !== 'footnote-label')
}
