import type { PoolClient } from 'pg'
import { pool } from '@/lib/db'
import { createPost } from '@/lib/services/posts'
import { PRODUCT } from '../fixtures/env'
import { createKeyFor } from '../fixtures/factories'
import { uniqueWords } from '../fixtures/model-calls'
import '../fixtures/next-modules'
import { expect, test } from '../fixtures/test'

type Handler = (request: never, context: { params: Promise<unknown> }) => Promise<Response>

test('a call costs two statements: who asks, with the limit, and what is asked', async ({ writer }) => {
  const { NextRequest } = await import('next/server')
  const list = await import('@/app/api/posts/route')
  const one = await import('@/app/api/posts/[id]/route')
  const { id } = await createPost(
    writer,
    { title: 'A post', content: '', excerpt: '', status: 'draft', coverUploadId: null },
    null,
  )
  const authorization = `Bearer ${await createKeyFor(writer)}`
  const call = (handler: Handler, init: { method?: string; body?: string; tag?: string } = {}) => {
    const headers = { authorization, 'Content-Type': 'application/json', 'If-None-Match': init.tag ?? '' }
    const request = new NextRequest(`${PRODUCT.url}/api/posts`, { ...init, headers })
    return handler(request as never, { params: Promise.resolve({ id }) })
  }
  // The first use of a key is noted, which is one more.
  const tag = (await call(list.GET)).headers.get('etag') ?? ''
  const body = JSON.stringify({ title: uniqueWords(), content: '' })
  const calls = [
    { status: 200, answer: () => call(list.GET) },
    { status: 304, answer: () => call(list.GET, { tag }) },
    { status: 200, answer: () => call(one.GET) },
    { status: 201, answer: () => call(list.POST, { method: 'POST', body }) },
  ]
  let statements = 0
  const clients = new Set<PoolClient>()
  pool().on('acquire', (client) => {
    if (clients.has(client)) return
    clients.add(client)
    // Whoever uses a connection sends a statement when the one before is done with.
    client.on('drain', () => statements++)
  })
  for (const { status, answer } of calls) {
    statements = 0
    expect((await answer()).status).toBe(status)
    expect(statements, String(status)).toBe(2)
  }
})
