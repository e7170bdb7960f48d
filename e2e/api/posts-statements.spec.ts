import { isDeepStrictEqual } from 'node:util'
import type { PoolClient } from 'pg'
import { pool } from '@/lib/db'
import { createPost, listPosts } from '@/lib/services/posts'
import { listTagged } from '@/lib/services/posts/tagged'
import { query, sql } from '@/lib/sql'
import { PRODUCT } from '../fixtures/env'
import { createKeyFor, createPerson } from '../fixtures/factories'
import { uniqueWords } from '../fixtures/model-calls'
import '../fixtures/next-modules'
import { expect, test } from '../fixtures/test'

const DRAFT = { title: 'A post', content: '', excerpt: '', status: 'draft', coverUploadId: null } as const

type Handler = (request: never, context: { params: Promise<unknown> }) => Promise<Response>

test('a call costs two statements: who asks, with the limit, and what is asked', async ({ writer }) => {
  const { NextRequest } = await import('next/server')
  const list = await import('@/app/api/posts/route')
  const one = await import('@/app/api/posts/[id]/route')
  const { id } = await createPost(writer, DRAFT, null)
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
  const counted = countStatements()
  for (const { status, answer } of calls) {
    counted.statements = 0
    expect((await answer()).status).toBe(status)
    expect(counted.statements, String(status)).toBe(2)
  }
})

test('what may match a few posts or nearly all is planned for what is looked for', async ({ writer }) => {
  const post = { ...DRAFT, status: 'published' as const, tags: ['Planned'] }
  await createPost(writer, { ...post, title: 'Planned' }, null)
  for (let n = 0; n < 2; n++) {
    const wanted = { page: 1, limit: 10, status: 'all', count: false } as const
    for (const q of ['', 'planned']) await listPosts(writer, { ...wanted, q })
    await listTagged('planned', 1, 10)
  }
  // One after the other they take the same connection. A plan that is kept is one for all words.
  const kept = await query<{ statement: string }>(sql`
    SELECT statement FROM pg_prepared_statements WHERE statement ~ 'FROM posts' AND statement !~ 'pg_prepared'`)
  const has = (part: string) => kept.some(({ statement }) => statement.includes(part))
  expect([has('ORDER BY created_at DESC'), has('websearch_to_tsquery'), has('tag_keys @>')]).toEqual([
    true,
    false,
    false,
  ])
})

test('calls that come in at once ask together who asks, and are told and counted one by one', async ({
  writer,
}) => {
  const { NextRequest } = await import('next/server')
  const list = await import('@/app/api/posts/route')
  const other = await createPerson()
  const title = (post: { title: string }) => post.title
  await createPost(writer, { ...DRAFT, title: 'The writer’s' }, null)
  await createPost(other, { ...DRAFT, title: 'The other’s' }, null)
  const keys = [await createKeyFor(writer), await createKeyFor(other)]
  const call = async (key = '') => {
    const headers = { authorization: `Bearer ${key}` }
    const request = new NextRequest(`${PRODUCT.url}/api/posts`, { headers })
    const answer = await list.GET(request as never, { params: Promise.resolve({}) })
    const left = Number(/;r=(\d+)/.exec(answer.headers.get('ratelimit') ?? '')?.[1])
    return { left, titles: (await answer.json()).posts?.map(title) }
  }
  const callAtOnce = () => Promise.all(Array.from({ length: 10 }, (_, nth) => call(keys[nth % 2])))
  // The first use of a key is noted, and a connection that is new is greeted, which would be counted.
  await callAtOnce()
  const counted = countStatements()
  const answers = await callAtOnce()
  expect(counted.statements).toBe(1 + answers.length)
  for (const titles of [['The writer’s'], ['The other’s']]) {
    const own = answers.filter((answer) => isDeepStrictEqual(answer.titles, titles))
    expect(own.map(({ left }) => left)).toEqual([5994, 5993, 5992, 5991, 5990])
  }
})

/** Counts what is sent to the database by this process. */
function countStatements(): { statements: number } {
  const counted = { statements: 0 }
  const clients = new Set<PoolClient>()
  pool().on('acquire', (client) => {
    if (clients.has(client)) return
    clients.add(client)
    // Whoever uses a connection sends a statement when the one before is done with.
    client.on('drain', () => counted.statements++)
  })
  return counted
}
