import type { Call } from '@/lib/openapi/reference'
import { curl } from '@/lib/openapi/samples/curl'
import { javascript } from '@/lib/openapi/samples/javascript'
import { python } from '@/lib/openapi/samples/python'
import { KEY, type Request } from '@/lib/openapi/samples/request'

export const LANGUAGES = { curl: 'curl', javascript: 'JavaScript', python: 'Python' } as const
export type Language = keyof typeof LANGUAGES

const WRITERS: Record<Language, (request: Request) => string> = { curl, javascript, python }

/**
 * A call as a program to be pasted. Each reads where Inkwell is and the key from the environment (`INKWELL`,
 * `INKWELL_KEY`); Python needs its standard library only.
 */
export function sampleOf(call: Call, language: Language): string {
  return WRITERS[language](requestOf(call))
}

/** The call with the examples of the document: ids, the first body, and the headers that it needs or is better for. */
function requestOf({ id, method, path, access, parameters, body, answers }: Call): Request {
  const used = parameters.filter(
    (one) => one.in === 'header' && (one.required || one.name === 'Idempotency-Key'),
  )
  // A key for each call: with one for all of them, the second would be refused.
  const headers = used.map(({ name, example }): [string, string] => [
    name,
    name === 'Idempotency-Key' ? `${id}-1` : String(example),
  ])
  const filled = path.replace(/\{(\w+)\}/g, (_, name: string) =>
    String(parameters.find((one) => one.in === 'path' && one.name === name)?.example),
  )
  return {
    method,
    path: filled,
    headers: access === 'public' ? headers : [['Authorization', KEY], ...headers],
    body: bodyOf(body),
    answer: answerOf(answers),
  }
}

function bodyOf(body: Call['body']): Request['body'] {
  if (!body) return null
  const value = body.examples[0]?.value
  if (body.type === 'application/json') return { type: 'json', value }
  const [[field, file] = ['', '']] = Object.entries(value as Record<string, string>)
  return { type: 'file', field, file }
}

function answerOf(answers: Call['answers']): Request['answer'] {
  const types = answers.flatMap(({ bodies }) => bodies.map(({ type }) => type))
  if (types.length === 0) return 'nothing'
  return types.includes('application/json') ? 'json' : 'file'
}
