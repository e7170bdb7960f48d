type Node = {
  type: string
  depth?: number
  properties?: Record<string, unknown>
  children?: Node[]
}

/** The title of the page is its one `h1`: a text with headings of that rank moves down by one. */
export function belowTheTitle(tree: Node): void {
  const headings = headingsIn(tree)
  if (!headings.some(({ depth }) => depth === 1)) return
  for (const heading of headings) heading.depth = Math.min(6, (heading.depth ?? 1) + 1)
}

function headingsIn(node: Node): Node[] {
  return node.type === 'heading' ? [node] : (node.children ?? []).flatMap(headingsIn)
}

/** Makes addresses on this site absolute, where the file names the site’s origin in its data. */
export function fromOrigin(tree: Node, file: { data: object }): void {
  const { origin } = file.data as { origin?: string }
  if (origin !== undefined) makeAbsolute(tree, origin)
}

function makeAbsolute(node: Node, origin: string): void {
  for (const name of ['href', 'src']) {
    const address = node.properties?.[name]
    // Two slashes lead to another site.
    if (node.properties && typeof address === 'string' && /^\/(?!\/)/.test(address))
      node.properties[name] = origin + address
  }
  for (const child of node.children ?? []) makeAbsolute(child, origin)
}
