import { toString as hastToString } from 'hast-util-to-string'

/** What the steps below need to know of the trees of unified: of Markdown (mdast) and of HTML (hast). */
export type Node = {
  type: string
  tagName?: string
  depth?: number
  value?: string
  properties?: Record<string, unknown>
  children?: Node[]
}

/** The nodes that are meant, in the order of the text; none within one another. */
export function nodesIn(node: Node, isMeant: (node: Node) => boolean): Node[] {
  return isMeant(node) ? [node] : (node.children ?? []).flatMap((child) => nodesIn(child, isMeant))
}

/** What is to be read of a tree of HTML. */
export function textOf(node: Node): string {
  return hastToString(node as Parameters<typeof hastToString>[0])
}
