import { fileOf, KEY, type Request } from '@/lib/openapi/samples/request'

/** For a POSIX shell. */
export function curl({ method, path, headers, body, answer }: Request): string {
  const lines = [
    `curl -sS --fail-with-body ${method === 'GET' ? '' : `-X ${method} `}"$INKWELL${path}"`,
    ...headers.map(([name, value]) =>
      value === KEY ? `  -H "${name}: ${value}"` : `  -H ${quoted(`${name}: ${value}`)}`,
    ),
    ...(body?.type === 'json'
      ? [`  -H 'Content-Type: application/json'`, `  -d ${quoted(JSON.stringify(body.value))}`]
      : []),
    // It makes the Content-Type itself, with the boundary.
    ...(body?.type === 'file' ? [`  -F ${quoted(`${body.field}=@${body.file}`)}`] : []),
    ...(answer === 'file' ? [`  -o ${quoted(fileOf(path))}`] : []),
  ]
  return lines.join(' \\\n')
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`
}
