import { fileOf, indented, KEY, type Request } from '@/lib/openapi/samples/request'

/** For Python 3 and its standard library. */
export function python(request: Request): string {
  const { method, path, body, answer } = request
  const headers = headersOf(request)
  return [
    imports(request),
    ...(body?.type === 'file' ? multipart(body) : []),
    'request = Request(',
    `    os.environ["INKWELL"] + ${JSON.stringify(path)},`,
    ...(method === 'GET' ? [] : [`    method=${JSON.stringify(method)},`]),
    ...(headers.length > 0 ? ['    headers={', ...headers, '    },'] : []),
    ...(body?.type === 'json' ? [`    data=json.dumps(${indented(literal(body.value), 4)}).encode(),`] : []),
    ...(body?.type === 'file' ? ['    data=body,'] : []),
    ')',
    'with urlopen(request) as response:',
    answer === 'json' ? '    print(json.dumps(json.load(response), indent=2))' : silent(path, answer),
  ].join('\n')
}

function imports({ body, answer }: Request): string {
  const names = [
    ...(answer === 'json' || body?.type === 'json' ? ['import json'] : []),
    'import os',
    ...(body?.type === 'file' ? ['import uuid'] : []),
    ...(body?.type === 'file' || answer === 'file' ? ['from pathlib import Path'] : []),
    'from urllib.request import Request, urlopen\n',
  ]
  return names.join('\n')
}

/** Its library reads forms and does not write them. */
function multipart({ field, file }: { field: string; file: string }): string[] {
  return [
    'boundary = uuid.uuid4().hex',
    'body = b"".join([',
    '    f"--{boundary}\\r\\n".encode(),',
    `    b'Content-Disposition: form-data; name="${field}"; filename="${file}"\\r\\n\\r\\n',`,
    `    Path("${file}").read_bytes(),`,
    '    f"\\r\\n--{boundary}--\\r\\n".encode(),',
    '])',
  ]
}

function headersOf({ headers, body }: Request): string[] {
  const lines = headers.map(
    ([name, value]) =>
      `        ${JSON.stringify(name)}: ${value === KEY ? `"Bearer " + os.environ["INKWELL_KEY"]` : JSON.stringify(value)},`,
  )
  if (body?.type === 'json') lines.push('        "Content-Type": "application/json",')
  if (body?.type === 'file')
    lines.push('        "Content-Type": f"multipart/form-data; boundary={boundary}",')
  return lines
}

function silent(path: string, answer: Request['answer']): string {
  return answer === 'file'
    ? `    Path("${fileOf(path)}").write_bytes(response.read())`
    : '    print(response.status)'
}

/** JSON is Python, but for three words. */
function literal(json: unknown): string {
  const words: Record<string, string> = { true: 'True', false: 'False', null: 'None' }
  return JSON.stringify(json, null, 4).replace(
    /^(\s*(?:"[^"]*": )?)(true|false|null)(,?)$/gm,
    (_, before: string, word: string, comma: string) => `${before}${words[word]}${comma}`,
  )
}
