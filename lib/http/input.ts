import type { z } from 'zod'
import { AppError, type FieldError } from '@/lib/errors'

/** The largest body that a JSON call may have, in bytes. */
export const JSON_MAX_BYTES = 1_048_576
/** How deep lists and objects may be nested in a JSON body: no input of ours comes near it. */
export const JSON_MAX_DEPTH = 32

/**
 * Parses input of any origin with its schema: a form's, a query's, a JSON body's.
 *
 * @throws AppError `invalid`, with a JSON pointer for each thing that is wrong.
 */
export function parseInput<Schema extends z.ZodType>(schema: Schema, input: unknown): z.output<Schema> {
  const unstorable = findUnstorable(input)
  if (unstorable) throw invalid([unstorable])
  const parsed = schema.safeParse(input)
  if (parsed.success) return parsed.data
  throw invalid(parsed.error.issues.flatMap(fieldErrors))
}

/** The refusal of input for what is wrong with its fields. */
export function invalid(fields: FieldError[]): AppError {
  const detail =
    fields.length === 1 ? 'One thing needs your attention.' : `${fields.length} things need your attention.`
  return new AppError('invalid', detail, { fields })
}

function fieldErrors(issue: z.core.$ZodIssue): FieldError[] {
  const path = issue.path.map(String)
  if (issue.code !== 'unrecognized_keys') return [{ pointer: pointer(path), detail: issue.message }]
  return issue.keys.map((key) => ({ pointer: pointer([...path, key]), detail: 'There is no such field.' }))
}

/** A JSON pointer (RFC 6901) to this place. */
export function pointer(path: string[]): string {
  return path.map((part) => `/${part.replaceAll('~', '~0').replaceAll('/', '~1')}`).join('')
}

/**
 * Half characters and U+0000 are legal in JSON and can't be stored as they are; altering them silently is no answer.
 * A list of what is left to look at, not a recursion: a body of nothing but `[` would exhaust the stack.
 */
function findUnstorable(input: unknown): FieldError | null {
  const left: { value: unknown; path: Path }[] = [{ value: input, path: null }]
  for (let at = left.pop(); at; at = left.pop()) {
    const { value, path } = at
    if (typeof value === 'string' && !(value.isWellFormed() && !value.includes('\0'))) {
      return { pointer: pointer(partsOf(path)), detail: 'This contains a character that is not valid text.' }
    }
    if (typeof value !== 'object' || value === null) continue
    for (const [key, inner] of Object.entries(value)) left.push({ value: inner, path: { key, parent: path } })
  }
  return null
}

/** A place in the input, from the inside out: spelling each one out would cost the square of the depth. */
type Path = { key: string; parent: Path } | null

function partsOf(path: Path): string[] {
  const parts: string[] = []
  for (let at = path; at; at = at.parent) parts.unshift(at.key)
  return parts
}

/**
 * The JSON body of a request, read no further than the limit.
 *
 * @throws AppError `unsupported_media_type`, `too_large`, `malformed`, or `invalid` if it is nested too deep.
 */
export async function readJson(request: Request): Promise<unknown> {
  const text = await readText(request)
  if (text.trim() === '') throw new AppError('malformed', 'A JSON body is needed, and this one is empty.')
  const type = request.headers.get('content-type') ?? ''
  const charset = /;\s*charset\s*=\s*"?([^\s";]*)/i.exec(type)?.[1] ?? 'utf-8'
  if (!/^application\/([\w.+-]+\+)?json\s*(;|$)/i.test(type) || !/^utf-?8$/i.test(charset)) {
    throw new AppError('unsupported_media_type', 'Send JSON in UTF-8, with Content-Type: application/json.')
  }
  if (depthOf(text) > JSON_MAX_DEPTH) {
    throw invalid([{ pointer: '', detail: `This is nested more than ${JSON_MAX_DEPTH} levels deep.` }])
  }
  try {
    return JSON.parse(text)
  } catch (cause) {
    throw new AppError('malformed', 'The body is not valid JSON.', { cause })
  }
}

/** How deep the brackets of a JSON text are nested, told before anything is made of it. */
function depthOf(json: string): number {
  let [depth, deepest, inString] = [0, 0, false]
  for (let at = 0; at < json.length; at++) {
    const character = json[at]
    if (inString && character === '\\') at++
    else if (character === '"') inString = !inString
    else if (inString) continue
    else if (character === '[' || character === '{') deepest = Math.max(deepest, ++depth)
    else if (character === ']' || character === '}') depth--
  }
  return deepest
}

async function readText(request: Request): Promise<string> {
  const tooLarge = () => new AppError('too_large', `The body may have at most ${JSON_MAX_BYTES} bytes.`)
  if (Number(request.headers.get('content-length') ?? 0) > JSON_MAX_BYTES) throw tooLarge()
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of piecesOf(request)) {
    size += chunk.byteLength
    if (size > JSON_MAX_BYTES) throw tooLarge()
    chunks.push(chunk)
  }
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(Buffer.concat(chunks))
  } catch (cause) {
    throw new AppError('malformed', 'The body is not valid UTF-8.', { cause })
  }
}

/** The body as it comes. That its sender broke off is no failure of ours: it looks like a lost connection of the database. */
async function* piecesOf(request: Request): AsyncGenerator<Uint8Array, void, void> {
  try {
    yield* request.body ?? []
  } catch (cause) {
    throw new AppError('malformed', 'The body broke off before its end.', { cause })
  }
}
