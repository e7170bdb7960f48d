import { ANSWER_LENGTH } from '@/lib/http/whole-answers'
import { createKeyFor } from '../fixtures/factories'
import { createPost } from '../fixtures/posts'
import { rawCall } from '../fixtures/raw-http'
import { expect, test } from '../fixtures/test'

test('an answer tells its length, in bytes', async ({ api, writer }) => {
  const { id } = await createPost(api, { title: 'Übergröße 🗼', content: 'Schlüssel '.repeat(500) })
  const headers = { Authorization: `Bearer ${await createKeyFor(writer)}` }
  for (const path of ['/api/posts', `/api/posts/${id}`, '/api/usage']) {
    const answer = await rawCall(path, { headers })
    expect(answer.status).toBe(200)
    expect(answer.headers.get('content-length'), path).toBe(String(Buffer.byteLength(answer.text)))
    expect(answer.headers.get('transfer-encoding')).toBeNull()
    expect(answer.headers.get(ANSWER_LENGTH)).toBeNull()
    const head = await rawCall(path, { method: 'HEAD', headers })
    expect(head.text).toBe('')
    expect(head.headers.get('content-length'), path).toBe(answer.headers.get('content-length'))
    expect(head.headers.get(ANSWER_LENGTH)).toBeNull()
  }
})

test('an answer without a body tells no length', async ({ api, writer }) => {
  const { id } = await createPost(api)
  const headers = { Authorization: `Bearer ${await createKeyFor(writer)}` }
  const known = await rawCall('/api/posts', { headers: { ...headers, 'If-None-Match': '*' } })
  const deleted = await rawCall(`/api/posts/${id}`, { method: 'DELETE', headers })
  expect([known, deleted].map(({ status, headers }) => [status, headers.get('content-length')])).toEqual([
    [304, null],
    [204, null],
  ])
})

test('an answer is compressed for whoever asks for that', async ({ api }) => {
  const post = await createPost(api, { content: 'Schlüssel '.repeat(500) })
  const answer = await api(`/api/posts/${post.id}`, { headers: { 'Accept-Encoding': 'gzip' } })
  expect(answer.headers.get('content-encoding')).toBe('gzip')
  expect(answer.headers.get('content-length')).toBeNull()
  expect(await answer.json()).toEqual(post)
})
