import type { Node } from './tree.ts'

/** Where a text is read that is not on its own page. */
export type Elsewhere = {
  /** The address of its page, absolute: what its links are relative to. */
  page: string
  /** Put before its ids, since others may stand beside it. */
  prefix: string
}

/** Makes addresses absolute, and ids its own. */
export function readElsewhere(node: Node, { page, prefix }: Elsewhere): void {
  const properties = node.properties ?? {}
  for (const name of ['href', 'src']) {
    const address = properties[name]
    if (typeof address === 'string') properties[name] = absolute(address, page)
  }
  if (typeof properties.id === 'string') properties.id = prefix + properties.id
  if (Array.isArray(properties.ariaDescribedBy))
    properties.ariaDescribedBy = properties.ariaDescribedBy.map((id) => `${prefix}${id}`)
  for (const child of node.children ?? []) readElsewhere(child, { page, prefix })
}

/** What has a scheme stays to the letter. */
function absolute(address: string, page: string): string {
  if (/^[a-z][a-z0-9+.-]*:/i.test(address)) return address
  return URL.parse(address, page)?.href ?? address
}
