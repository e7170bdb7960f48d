import type { Element, ElementContent, Root, RootContent } from 'hast'
import { hostOf } from './elements.ts'
import { codeBlock, element, hasClass, linkParagraph, replaceNodes, textIn } from './hast.ts'
import type { Remarks } from './remarks.ts'

/** What WordPress keeps: blocks marked by comments since version 5, before that paragraphs parted by empty lines. */
export function tidyBlocks(tree: Root, remarks: Remarks): void {
  const isBlocks = tree.children.some((node) => node.type === 'comment' && /^\s*wp:/.test(node.value))
  replaceNodes(tree, (node) => {
    if (node.type === 'comment') return fromComment(node.value, remarks)
    if (hasClass(node, 'wp-block-embed')) return fromEmbed(node, remarks)
    return null
  })
  if (!isBlocks) tree.children = paragraphs(tree.children)
}

/** A block that ends where it begins was made anew at each view, of what only the site had. */
function fromComment(comment: string, remarks: Remarks): Element[] {
  const [, name = '', said = ''] = /^\s*wp:([\w/-]+)\s*(\{[\s\S]*\})?\s*\/\s*$/.exec(comment) ?? []
  if (name === '' || SILENT.has(name)) return []
  remarks.add(`The block “${name}” was made by the site itself: what it was told is kept as code.`)
  return [codeBlock(`${name} ${said}`.trim(), 'json')]
}

/** Those that show nothing of their own. */
const SILENT = new Set(['more', 'nextpage', 'spacer', 'post-content'])

/** The address stands in it as text, for the site to make a player of. */
function fromEmbed(figure: Element, remarks: Remarks): Element[] | null {
  const [address] = /https?:\/\/[^\s<>"]+/.exec(textIn(figure)) ?? []
  if (!address) return null
  remarks.add(`What was embedded from ${hostOf(address)} is a link now.`)
  const caption = textIn(figure).replace(address, '').trim()
  return [linkParagraph(address, address), ...(caption ? [element('p', {}, [caption])] : [])]
}

/** As WordPress shows texts without blocks (`wpautop`): an empty line parts paragraphs, a line end is a break. */
function paragraphs(nodes: RootContent[]): RootContent[] {
  const result: RootContent[] = []
  let run: ElementContent[] = []
  const flush = () => {
    const [first, last] = [run.findIndex(isSeen), run.findLastIndex(isSeen)]
    if (first >= 0) result.push(element('p', {}, run.slice(first, last + 1)))
    run = []
  }
  for (const node of nodes) {
    if (node.type === 'element' && BLOCKS.has(node.tagName)) {
      flush()
      result.push(node)
    } else if (node.type === 'text') {
      const [first = '', ...rest] = node.value.split(/\n[^\S\n]*\n\s*/)
      run.push(...lines(first))
      for (const part of rest) {
        flush()
        run.push(...lines(part))
      }
    } else if (node.type === 'element') run.push(node)
  }
  flush()
  return result
}

/** Breaks and spaces at the ends of a paragraph are none. */
function isSeen(node: ElementContent): boolean {
  return node.type === 'text' ? node.value.trim() !== '' : node.type === 'element' && node.tagName !== 'br'
}

function lines(text: string): ElementContent[] {
  return text
    .split('\n')
    .flatMap((line, n): ElementContent[] => [
      ...(n > 0 ? [element('br', {})] : []),
      { type: 'text', value: line },
    ])
}

const BLOCKS = new Set(
  'address article aside blockquote details dl div fieldset figure footer form h1 h2 h3 h4 h5 h6 header hr iframe main nav ol p pre script section style table ul video audio'.split(
    ' ',
  ),
)
