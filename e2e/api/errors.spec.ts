import { createKeyFor } from '../fixtures/factories'
import { API_PATHS, NO_ID, UNKNOWN_PATHS } from '../fixtures/paths'
import { createPost, listPosts } from '../fixtures/posts'
import { expectProblem } from '../fixtures/problem'
import { rawCall } from '../fixtures/raw-http'
import { expect, test } from '../fixtures/test'
import { tracesOf } from '../fixtures/traces'

const JSON_TYPE = { 'Content-Type': 'application/json' }
const writing = [
  { method: 'POST', path: '/api/posts' },
  { method: 'POST', path: '/api/generate' },
]

const malformed: { name: string; body: (string | Uint8Array)[] }[] = [
  { name: 'no body', body: [] },
  { name: 'an empty body', body: [''] },
  { name: 'a blank body', body: [' \r\n\t'] },
  { name: 'half an object', body: ['{"title":'] },
  { name: 'a form', body: ['title=a&content=b'] },
  { name: 'a trailing comma', body: ['{"title":"a",}'] },
  { name: 'two values', body: ['{} {}'] },
  { name: 'bad UTF-8', body: ['{"title":"', new Uint8Array([0xc3, 0x28]), '","content":""}'] },
  { name: 'UTF-8 that is cut', body: ['{"title":"a', new Uint8Array([0xf0, 0x9f, 0x97])] },
  { name: 'half a character in bytes', body: ['{"title":"', new Uint8Array([0xed, 0xa0, 0x80]), '"}'] },
]

for (const { method, path } of writing) {
  for (const { name, body } of malformed) {
    test(`${method} ${path} with ${name} is malformed`, async ({ writer }) => {
      const before = await tracesOf(writer.userId)
      const headers = { ...JSON_TYPE, Authorization: `Bearer ${await createKeyFor(writer)}` }
      await expectProblem(await rawCall(path, { method, headers, body }), 'malformed')
      expect(await tracesOf(writer.userId)).toEqual(before)
    })
  }
}

test('PATCH with a body that is not JSON is malformed', async ({ api }) => {
  const { id } = await createPost(api)
  const headers = { ...JSON_TYPE, 'If-Match': '*' }
  await expectProblem(await api(`/api/posts/${id}`, { method: 'PATCH', headers, body: '{' }), 'malformed')
  await expectProblem(await api(`/api/posts/${id}`, { method: 'PATCH', headers }), 'malformed')
})

const types = [
  { type: 'application/json', status: 201 },
  { type: 'application/json; charset=utf-8', status: 201 },
  { type: 'application/json;charset="UTF-8"', status: 201 },
  { type: 'Application/JSON', status: 201 },
  { type: 'application/json; charset=iso-8859-1', status: 415 },
  { type: 'application/vnd.api+json', status: 201 },
  { type: 'text/plain', status: 415 },
  { type: 'application/x-www-form-urlencoded', status: 415 },
  { type: 'multipart/form-data; boundary=x', status: 415 },
  { type: 'application/jsonp', status: 415 },
  { type: '', status: 415 },
]

for (const { type, status } of types) {
  test(`a body as ${type || 'no type at all'} is ${status}`, async ({ writer }) => {
    const key = await createKeyFor(writer)
    const headers = { Authorization: `Bearer ${key}`, ...(type ? { 'Content-Type': type } : {}) }
    const body = ['{"title":"a","content":""}']
    const answer = await rawCall('/api/posts', { method: 'POST', headers, body })
    expect(answer.status).toBe(status)
    if (status === 415) await expectProblem(answer, 'unsupported_media_type')
  })
}

const accepts = [
  { accept: 'application/json', ok: true },
  { accept: 'application/*', ok: true },
  { accept: '*/*', ok: true },
  { accept: 'text/html, */*;q=0.1', ok: true },
  { accept: 'APPLICATION/JSON;q=0.5', ok: true },
  { accept: 'text/html', ok: false },
  { accept: 'application/json;q=0', ok: false },
  { accept: 'application/xml, text/csv', ok: false },
  { accept: 'text/event-stream', ok: false },
]

for (const { accept, ok } of accepts) {
  test(`Accept: ${accept} is ${ok ? 'served' : '406'}`, async ({ api }) => {
    const answer = await api('/api/posts', { headers: { Accept: accept } })
    if (ok) expect(answer.status).toBe(200)
    else await expectProblem(answer, 'not_acceptable')
  })
}

test('an answer without a body has no type to refuse', async ({ api }) => {
  const { id } = await createPost(api)
  const headers = { Accept: 'text/html' }
  expect((await api(`/api/posts/${id}`, { method: 'OPTIONS', headers })).status).toBe(204)
  expect((await api(`/api/posts/${id}`, { method: 'DELETE', headers })).status).toBe(204)
})

const MEBIBYTE = 1_048_576

test('a body over its limit is refused by what it declares, unread', async ({ writer, api }) => {
  const headers = {
    ...JSON_TYPE,
    Authorization: `Bearer ${await createKeyFor(writer)}`,
    'Content-Length': String(MEBIBYTE + 1),
  }
  const body = ['{"title":"a","content":"', 'a'.repeat(MEBIBYTE + 1 - 26), '"}']
  await expectProblem(await rawCall('/api/posts', { method: 'POST', headers, body }), 'too_large')
  expect((await listPosts(api)).posts).toEqual([])
})

test('a body over its limit is refused where nothing was declared', async ({ writer, api }) => {
  const headers = { ...JSON_TYPE, Authorization: `Bearer ${await createKeyFor(writer)}` }
  const body = ['{"title":"a","content":"', ...Array<string>(20).fill('a'.repeat(65_536)), '"}']
  await expectProblem(await rawCall('/api/posts', { method: 'POST', headers, body }), 'too_large')
  expect((await listPosts(api)).posts).toEqual([])
})

test('a body just within its limit is read', async ({ api }) => {
  // Escaped, so that the content is within its own limit, which is in characters.
  const content = '\\u0061'.repeat(170_000)
  const body = `{"title":"a","content":"${content}"}`
  expect(body.length).toBeLessThan(MEBIBYTE)
  expect((await api('/api/posts', { method: 'POST', headers: JSON_TYPE, body })).status).toBe(201)
})

const deep = [
  { name: 'lists', body: '['.repeat(200_000) + ']'.repeat(200_000) },
  { name: 'objects', body: `${'{"a":'.repeat(100_000)}1${'}'.repeat(100_000)}` },
]

for (const { name, body } of deep) {
  test(`a body of ${name} in ${name} without end is invalid as a whole`, async ({ api }) => {
    const answer = await api('/api/posts', { method: 'POST', headers: JSON_TYPE, body })
    const problem = await expectProblem(answer, 'invalid')
    expect(problem.errors).toEqual([{ pointer: '', detail: expect.stringContaining('32 levels') }])
  })
}

const ids = [
  NO_ID,
  'nothing',
  '1',
  '%27%20OR%201=1',
  'a'.repeat(500),
  '%00',
  '%',
  '%ff',
  '../posts'.replace('/', '%2F'),
]

for (const id of ids) {
  test(`the id ${id.slice(0, 40)} is not found`, async ({ api }) => {
    await expectProblem(await api(`/api/posts/${id}`), 'not_found')
    const patch = { method: 'PATCH', json: { title: 'A' }, headers: { 'If-Match': '*' } }
    await expectProblem(await api(`/api/posts/${id}`, patch), 'not_found')
    await expectProblem(await api(`/api/posts/${id}`, { method: 'DELETE' }), 'not_found')
    await expectProblem(await api(`/api/generate/${id}`), 'not_found')
    await expectProblem(
      await api(`/api/generate/${id}`, { headers: { Accept: 'text/event-stream' } }),
      'not_found',
    )
    await expectProblem(await api(`/api/generate/${id}/stop`, { method: 'POST' }), 'not_found')
  })
}

for (const path of UNKNOWN_PATHS) {
  test(`the path ${path} is not found by any method`, async ({ api }) => {
    for (const method of ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'])
      await expectProblem(await api(path, { method }), 'not_found')
    await expectProblem(await api(path, { headers: { Accept: 'text/html' } }), 'not_found')
  })
}

for (const { path, methods } of API_PATHS) {
  test(`${path} names its methods in Allow when asked for another`, async ({ api }) => {
    const refused = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'].filter((method) => !methods.includes(method))
    expect(refused.length).toBeGreaterThan(0)
    for (const method of refused) {
      const answer = await api(path, { method, headers: { Accept: 'text/html' } })
      await expectProblem(answer, 'method_not_allowed')
      expect(answer.headers.get('allow')?.split(', ')).toEqual(methods)
    }
    if (methods.includes('GET')) return
    const head = await api(path, { method: 'HEAD' })
    expect({ status: head.status, allow: head.headers.get('allow') }).toEqual({
      status: 405,
      allow: methods.join(', '),
    })
  })
}

for (const path of ['/api/posts/', '/api//posts', '/api/posts/?limit=10']) {
  test(`${path} is answered as /api/posts is, not redirected`, async () => {
    const answer = await rawCall(path, { headers: { Origin: 'https://app.example' } })
    expect(answer.status).toBe(200)
    expect(JSON.parse(answer.text)).toMatchObject({ page: 1, limit: 10 })
  })
}
