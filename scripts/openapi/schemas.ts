import { isDeepStrictEqual } from 'node:util'
import { items, type Part, part, parts, strings } from './nodes'

/**
 * `request`: values of old clients come to the new server. `response`: values of the new server come to old clients,
 * who also miss the fields that are gone.
 */
export type Direction = 'request' | 'response'

/**
 * Why some value that `from` allows would not be taken where `to` is expected; nothing if all are. It knows the
 * keywords that our document uses, and takes any other that differs for a reason.
 */
export function misfits(from: Part, to: Part, direction: Direction, where: string): string[] {
  const expected = variants(to)
  return variants(from).flatMap((variant) => {
    const each = expected.map((one) => variantMisfits(variant, one, direction, where))
    if (each.some((reasons) => reasons.length === 0)) return []
    return each.length === 1 ? (each[0] ?? []) : [`${where}: ${shown(variant)} is none of those known before`]
  })
}

/** A schema that is one of several, taken apart: `anyOf`, `oneOf`, and lists of types. */
function variants(schema: Part): Part[] {
  const members = [...items(schema, 'anyOf'), ...items(schema, 'oneOf')]
  if (members.length > 0) return members.flatMap(variants)
  const { type } = schema.node
  if (!Array.isArray(type)) return [schema]
  return type.map((one) => ({ ...schema, node: { ...schema.node, type: one } }))
}

function variantMisfits(from: Part, to: Part, direction: Direction, where: string): string[] {
  const reasons = [...typeMisfits(from, to), ...valueMisfits(from, to), ...boundMisfits(from, to)]
  return [
    ...[...reasons, ...otherMisfits(from, to, direction)].map((reason) => `${where}: ${reason}`),
    ...fieldMisfits(from, to, direction, where),
    ...('items' in to.node ? misfits(part(from, 'items'), part(to, 'items'), direction, `${where}/*`) : []),
  ]
}

function typeMisfits({ node: from }: Part, { node: to }: Part): string[] {
  const fits =
    to.type === undefined || from.type === to.type || (from.type === 'integer' && to.type === 'number')
  return fits ? [] : [`${from.type ?? 'any type'} where ${to.type} is expected`]
}

function valueMisfits(from: Part, to: Part): string[] {
  const expected = values(to)
  if (!expected) return []
  const unknown = values(from)?.filter((value) => !expected.includes(value))
  if (!unknown) return [`any value where ${JSON.stringify(expected)} are expected`]
  return unknown.map((value) => `${JSON.stringify(value)} is not among ${JSON.stringify(expected)}`)
}

function values({ node }: Part): unknown[] | null {
  if ('const' in node) return [node.const]
  return Array.isArray(node.enum) ? node.enum : null
}

const LEAST = ['minimum', 'exclusiveMinimum', 'minLength', 'minItems', 'minProperties']
const MOST = ['maximum', 'exclusiveMaximum', 'maxLength', 'maxItems', 'maxProperties']

function boundMisfits({ node: from }: Part, { node: to }: Part): string[] {
  const tighter = (name: string, sign: 1 | -1) => {
    const [given, expected] = [from[name], to[name]]
    if (typeof expected !== 'number' || 'const' in from || 'enum' in from) return false
    return typeof given !== 'number' || sign * (expected - given) > 0
  }
  const names = [...LEAST.filter((name) => tighter(name, 1)), ...MOST.filter((name) => tighter(name, -1))]
  return names.map((name) => `${name} is ${from[name] ?? 'not limited'} where ${to[name]} is expected`)
}

/** What says nothing of which values are allowed, and what is compared above. */
const COMPARED = new Set([
  ...[
    '$ref',
    'anyOf',
    'oneOf',
    'type',
    'enum',
    'const',
    'properties',
    'required',
    'items',
    ...LEAST,
    ...MOST,
  ],
  ...['additionalProperties', 'title', 'description', 'example', 'examples', 'default', 'deprecated'],
  ...['readOnly', 'writeOnly', 'discriminator', 'contentMediaType', 'contentSchema', 'externalDocs'],
])

function otherMisfits({ node: from }: Part, { node: to }: Part, direction: Direction): string[] {
  const differs = (name: string) => !isDeepStrictEqual(from[name], to[name])
  const others = Object.keys(to).filter((name) => !COMPARED.has(name) && differs(name))
  // A client that leaves a field out counts on what it then is.
  const names = direction === 'request' && differs('default') ? [...others, 'default'] : others
  return names.map((name) => `${name} is ${JSON.stringify(to[name])}, not ${JSON.stringify(from[name])}`)
}

function fieldMisfits(from: Part, to: Part, direction: Direction, where: string): string[] {
  const [given, expected] = [parts(from, 'properties'), parts(to, 'properties')]
  const closed = to.node.additionalProperties === false
  const surely = new Set(strings(from, 'required'))
  const missing = strings(to, 'required').filter((name) => !surely.has(name))
  const gone = direction === 'response' ? [...expected.keys()].filter((name) => !given.has(name)) : []
  return [
    ...missing.map((name) => `${where}/${name}: is not always there, and is expected`),
    ...gone.filter((name) => !missing.includes(name)).map((name) => `${where}/${name}: is gone`),
    ...(closed && given.size > 0 && from.node.additionalProperties !== false
      ? [`${where}: other fields where none are expected`]
      : []),
    ...[...given].flatMap(([name, field]) => {
      const wanted = expected.get(name)
      if (wanted) return misfits(field, wanted, direction, `${where}/${name}`)
      return closed ? [`${where}/${name}: is not expected`] : []
    }),
  ]
}

function shown({ node }: Part): string {
  return JSON.stringify(node).slice(0, 80)
}
