import type { Call } from '@/lib/openapi/reference'

export const LANGUAGES = { curl: 'curl', javascript: 'JavaScript', python: 'Python' } as const
export type Language = keyof typeof LANGUAGES

/**
 * A call as a program to be pasted. Each reads where Inkwell is and the key from the environment (`INKWELL`,
 * `INKWELL_KEY`); Python needs its standard library only.
 */
export function sampleOf(call: Call, language: Language): string {
  return WRITERS[language](requestOf(call))
}

type Request = {
  method: string
  path: string
  headers: [name: string, value: string][]
  json: unknown
  /** Whether the answer has no body to show. */
  silent: boolean
}

const WRITERS: Record<Language, (request: Request) => string> = { curl, javascript, python }

/** The call with the examples of the document: ids, the first body, and the headers that it needs or is better for. */
function requestOf({ id, method, path, access, parameters, body, answers }: Call): Request {
  const used = parameters.filter(
    (one) => one.in === 'header' && (one.required || one.name === 'Idempotency-Key'),
  )
  const headers: Request['headers'] = [
    ...(body ? ([['Content-Type', body.type]] satisfies Request['headers']) : []),
    // A key for each call: with one for all of them, the second would be refused.
    ...used.map(
      ({ name, example }) =>
        [name, name === 'Idempotency-Key' ? `${id}-1` : String(example)] satisfies [string, string],
    ),
  ]
  const filled = path.replace(/\{(\w+)\}/g, (_, name: string) =>
    String(parameters.find((one) => one.in === 'path' && one.name === name)?.example),
  )
  return {
    method,
    path: filled,
    headers: access === 'public' ? headers : [['Authorization', KEY], ...headers],
    json: body?.examples[0]?.value,
    silent: answers.every(({ bodies }) => bodies.length === 0),
  }
}

/** Stands for the key until each language says how it gets it. */
const KEY = 'Bearer $INKWELL_KEY'

function curl({ method, path, headers, json }: Request): string {
  const lines = [
    `curl -sS --fail-with-body ${method === 'GET' ? '' : `-X ${method} `}"$INKWELL${path}"`,
    ...headers.map(([name, value]) =>
      value === KEY ? `  -H "${name}: ${value}"` : `  -H ${quoted(`${name}: ${value}`)}`,
    ),
    ...(json === undefined ? [] : [`  -d ${quoted(JSON.stringify(json))}`]),
  ]
  return lines.join(' \\\n')
}

/** As a POSIX shell takes it, as it is. */
function quoted(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`
}

function javascript({ method, path, headers, json, silent }: Request): string {
  const lines = headers.map(([name, value]) => {
    const key = /^[A-Za-z]+$/.test(name) ? name : `'${name}'`
    return `    ${key}: ${value === KEY ? `\`Bearer \${process.env.INKWELL_KEY}\`` : `'${value}'`},`
  })
  const options = [
    ...(method === 'GET' ? [] : [`  method: '${method}',`]),
    ...(lines.length > 0 ? ['  headers: {', ...lines, '  },'] : []),
    ...(json === undefined ? [] : [`  body: JSON.stringify(${indented(javascriptLiteral(json))}),`]),
  ]
  const address = `\`\${process.env.INKWELL}${path}\``
  return [
    options.length > 0
      ? `const response = await fetch(${address}, {\n${options.join('\n')}\n})`
      : `const response = await fetch(${address})`,
    'if (!response.ok) throw new Error(await response.text())',
    silent ? 'console.log(response.status)' : 'console.log(await response.json())',
  ].join('\n')
}

/** JSON is JavaScript; names need no quotes there. */
function javascriptLiteral(json: unknown): string {
  return JSON.stringify(json, null, 2).replace(/^(\s*)"([A-Za-z]\w*)":/gm, '$1$2:')
}

function python({ method, path, headers, json, silent }: Request): string {
  const lines = headers.map(
    ([name, value]) =>
      `        ${JSON.stringify(name)}: ${value === KEY ? `"Bearer " + os.environ["INKWELL_KEY"]` : JSON.stringify(value)},`,
  )
  const last =
    method === 'DELETE'
      ? '    print(response.status)'
      : '    print(json.dumps(json.load(response), indent=2))'
  return [
    silent ? 'import os' : 'import json\nimport os',
    'from urllib.request import Request, urlopen\n',
    'request = Request(',
    `    os.environ["INKWELL"] + ${JSON.stringify(path)},`,
    ...(method === 'GET' ? [] : [`    method=${JSON.stringify(method)},`]),
    ...(lines.length > 0 ? ['    headers={', ...lines, '    },'] : []),
    ...(json === undefined ? [] : [`    data=json.dumps(${indented(pythonLiteral(json), 4)}).encode(),`]),
    ')',
    'with urlopen(request) as response:',
    last,
  ].join('\n')
}

/** JSON is Python, but for three words. */
function pythonLiteral(json: unknown): string {
  const words: Record<string, string> = { true: 'True', false: 'False', null: 'None' }
  return JSON.stringify(json, null, 4).replace(
    /^(\s*(?:"[^"]*": )?)(true|false|null)(,?)$/gm,
    (_, before: string, word: string, comma: string) => `${before}${words[word]}${comma}`,
  )
}

function indented(text: string, by = 2): string {
  return text.replaceAll('\n', `\n${' '.repeat(by)}`)
}
