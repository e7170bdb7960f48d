/** A part of a document, with the document that its references point into. */
export type Part = { node: Node; root: Node }
export type Node = { readonly [key: string]: unknown }

/** A member of a part, with a reference followed; an empty one where there is none. */
export function part({ node, root }: Part, ...names: string[]): Part {
  return names.reduce<Part>((at, name) => follow({ node: asNode(at.node[name]), root }), { node, root })
}

/** The members of an object in a part, by name, with references followed; none where it is missing. */
export function parts(whole: Part, name: string): Map<string, Part> {
  return members(part(whole, name))
}

/** The members of a part, by name, with references followed. */
export function members(whole: Part): Map<string, Part> {
  return new Map(Object.keys(whole.node).map((key) => [key, part(whole, key)]))
}

/** The items of a list in a part, with references followed; none where it is missing. */
export function items({ node, root }: Part, name: string): Part[] {
  const list = node[name]
  return Array.isArray(list) ? list.map((item) => follow({ node: asNode(item), root })) : []
}

/** The strings in a list of a part; none where it is missing. */
export function strings({ node }: Part, name: string): string[] {
  const list = node[name]
  return Array.isArray(list) ? list.map(String) : []
}

function follow({ node, root }: Part): Part {
  if (typeof node.$ref !== 'string') return { node, root }
  const names = node.$ref.split('/').slice(1)
  const found = names.reduce<unknown>(
    (at, name) => asNode(at)[name.replaceAll('~1', '/').replaceAll('~0', '~')],
    root,
  )
  return follow({ node: asNode(found), root })
}

function asNode(value: unknown): Node {
  return typeof value === 'object' && value !== null ? (value as Node) : {}
}
