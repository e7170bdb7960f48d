import { fileOf, indented, KEY, type Request } from '@/lib/openapi/samples/request'

/** A module for Node.js. */
export function javascript(request: Request): string {
  const { method, path, headers, body } = request
  const all = body?.type === 'json' ? [...headers, CONTENT_TYPE] : headers
  const lines = all.map(([name, value]) => {
    const key = /^[A-Za-z]+$/.test(name) ? name : `'${name}'`
    return `    ${key}: ${value === KEY ? `\`Bearer \${process.env.INKWELL_KEY}\`` : `'${value}'`},`
  })
  const options = [
    ...(method === 'GET' ? [] : [`  method: '${method}',`]),
    ...(lines.length > 0 ? ['  headers: {', ...lines, '  },'] : []),
    ...(body?.type === 'json' ? [`  body: JSON.stringify(${indented(literal(body.value), 2)}),`] : []),
    ...(body?.type === 'file' ? ['  body: form,'] : []),
  ]
  const address = `\`\${process.env.INKWELL}${path}\``
  return [
    ...before(request),
    options.length > 0
      ? `const response = await fetch(${address}, {\n${options.join('\n')}\n})`
      : `const response = await fetch(${address})`,
    'if (!response.ok) throw new Error(await response.text())',
    ending(request),
  ].join('\n')
}

const CONTENT_TYPE: [string, string] = ['Content-Type', 'application/json']

function before({ body, answer }: Request): string[] {
  if (answer === 'file') return [`import { writeFile } from 'node:fs/promises'\n`]
  if (body?.type !== 'file') return []
  return [
    `import { openAsBlob } from 'node:fs'\n`,
    'const form = new FormData()',
    `form.set('${body.field}', await openAsBlob('${body.file}'), '${body.file}')`,
  ]
}

function ending({ answer, path }: Request): string {
  if (answer === 'file') return `await writeFile('${fileOf(path)}', await response.bytes())`
  return answer === 'json' ? 'console.log(await response.json())' : 'console.log(response.status)'
}

/** JSON is JavaScript; names need no quotes there. */
function literal(json: unknown): string {
  return JSON.stringify(json, null, 2).replace(/^(\s*)"([A-Za-z]\w*)":/gm, '$1$2:')
}
