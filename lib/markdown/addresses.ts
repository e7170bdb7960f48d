import type { Node } from './tree.ts'

/** Makes addresses on this site absolute. @param origin where that is. */
export function makeAbsolute(node: Node, origin: string): void {
  for (const name of ['href', 'src']) {
    const address = node.properties?.[name]
    // Two slashes lead to another site.
    if (node.properties && typeof address === 'string' && /^\/(?!\/)/.test(address))
      node.properties[name] = origin + address
  }
  for (const child of node.children ?? []) makeAbsolute(child, origin)
}
