import { items, members, type Node, type Part, part, parts } from './nodes'
import { misfits } from './schemas'

/**
 * What in the document would break a client that was written against an earlier one, in words; nothing if all is
 * well. New paths, methods, optional parameters, fields of answers and problems are no harm.
 */
export function incompatibilities(before: object, now: object): string[] {
  const [old, current] = [root(before), root(now)]
  return each(parts(old, 'paths'), parts(current, 'paths'), 'the path', (path, was, is) =>
    each(members(was), members(is), `${path}: the method`, (method, ...operations) =>
      operationBreaks(...operations, `${method.toUpperCase()} ${path}`),
    ),
  )
}

function root(document: object): Part {
  const node = JSON.parse(JSON.stringify(document)) as Node
  return { node, root: node }
}

/** What is gone, and what `compare` finds in what stayed. */
function each(
  before: Map<string, Part>,
  now: Map<string, Part>,
  what: string,
  compare: (name: string, before: Part, now: Part) => string[],
): string[] {
  return [...before].flatMap(([name, old]) => {
    const current = now.get(name)
    return current ? compare(name, old, current) : [`${what} ${name} is gone`]
  })
}

function operationBreaks(before: Part, now: Part, where: string): string[] {
  const renamed = before.node.operationId !== now.node.operationId
  return [
    ...(renamed ? [`${where}: operationId was ${before.node.operationId}`] : []),
    ...securityBreaks(before, now, where),
    ...parameterBreaks(before, now, where),
    ...bodyBreaks(part(before, 'requestBody'), part(now, 'requestBody'), `${where} body`),
    ...responseBreaks(before, now, where),
  ]
}

type Credentials = Record<string, string[]>

/** Whoever came in must still come in: by the same schemes, with no more scopes. */
function securityBreaks(before: Part, now: Part, where: string): string[] {
  return waysIn(before)
    .filter((given) => !waysIn(now).some((asked) => isEnough(given, asked)))
    .map((given) => `${where}: ${JSON.stringify(given)} is not enough`)
}

function waysIn({ node }: Part): Credentials[] {
  const ways = (node.security ?? []) as Credentials[]
  return ways.length > 0 ? ways : [{}]
}

function isEnough(given: Credentials, asked: Credentials): boolean {
  return Object.entries(asked).every(
    ([scheme, scopes]) => given[scheme] && scopes.every((scope) => given[scheme]?.includes(scope)),
  )
}

function parameterBreaks(before: Part, now: Part, where: string): string[] {
  const [old, current] = [parameters(before), parameters(now)]
  const added = [...current].filter(([name, { node }]) => !old.has(name) && node.required === true)
  return [
    ...added.map(([name]) => `${where}: the parameter ${name} is new, and required`),
    ...each(old, current, `${where}: the parameter`, (name, was, is) => [
      ...(is.node.required === true && was.node.required !== true ? [`${where} ${name}: is required`] : []),
      ...misfits(part(was, 'schema'), part(is, 'schema'), 'request', `${where} ${name}`),
    ]),
  ]
}

function parameters(operation: Part): Map<string, Part> {
  return new Map(items(operation, 'parameters').map((one) => [`${one.node.in} ${one.node.name}`, one]))
}

function bodyBreaks(before: Part, now: Part, where: string): string[] {
  return [
    ...(now.node.required === true && before.node.required !== true ? [`${where}: is required`] : []),
    ...each(parts(before, 'content'), parts(now, 'content'), `${where}: the type`, (type, was, is) =>
      misfits(part(was, 'schema'), part(is, 'schema'), 'request', `${where} ${type}`),
    ),
  ]
}

function responseBreaks(before: Part, now: Part, where: string): string[] {
  const [old, current] = [parts(before, 'responses'), parts(now, 'responses')]
  const added = [...current.keys()].filter((status) => !old.has(status) && /^[123]/.test(status))
  return [
    ...added.map((status) => `${where}: the status ${status} is new`),
    ...each(old, current, `${where}: the status`, (status, was, is) => [
      ...headerBreaks(was, is, `${where} ${status}`),
      ...each(
        parts(was, 'content'),
        parts(is, 'content'),
        `${where} ${status}: the type`,
        (type, ...content) => contentBreaks(type, ...content, `${where} ${status} ${type}`),
      ),
    ]),
  ]
}

function headerBreaks(before: Part, now: Part, where: string): string[] {
  return each(parts(before, 'headers'), parts(now, 'headers'), `${where}: the header`, (name, was, is) => [
    ...(was.node.required === true && is.node.required !== true
      ? [`${where} ${name}: is not always there`]
      : []),
    ...misfits(part(is, 'schema'), part(was, 'schema'), 'response', `${where} ${name}`),
  ])
}

function contentBreaks(type: string, before: Part, now: Part, where: string): string[] {
  const [old, current] = [part(before, 'schema'), part(now, 'schema')]
  if (type !== 'application/problem+json') return misfits(current, old, 'response', where)
  // Clients were told that codes may be added, and that a call may stop being refused with one.
  const [earlier, later] = [problems(old), problems(current)]
  return [...later].flatMap(([code, problem]) => {
    const known = earlier.get(code)
    return known ? misfits(problem, known, 'response', `${where} ${code}`) : []
  })
}

/** The problems that a response can be, by their code. */
function problems(schema: Part): Map<string, Part> {
  const several = items(schema, 'oneOf')
  const all = several.length > 0 ? several : [schema]
  return new Map(all.map((one) => [String(part(one, 'properties', 'code').node.const), one]))
}
