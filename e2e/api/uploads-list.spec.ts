import type { z } from 'zod'
import { type UploadView, uploadList } from '@/lib/schemas/uploads'
import { createKeyFor, createPerson } from '../fixtures/factories'
import { picture, upload } from '../fixtures/pictures'
import { expectProblem, pointersOf } from '../fixtures/problem'
import { type Api, apiWith, expect, test } from '../fixtures/test'

type UploadList = z.infer<typeof uploadList>

/** As the schema has it that the API is described by, and nothing beside it. */
async function list(api: Api, query = ''): Promise<UploadList> {
  return uploadList.strict().parse(await (await api(`/api/uploads${query}`)).json())
}

/** Uploads named `1` to `count`, the last one newest. */
async function uploadMany(api: Api, count: number): Promise<UploadView[]> {
  const content = await picture()
  const made: UploadView[] = []
  for (let n = 1; n <= count; n++) made.push(await upload(api, content, { filename: `${n}.png` }))
  return made
}

const names = ({ uploads }: UploadList) => uploads.map(({ filename }) => filename.replace('.png', ''))

test('lists the caller’s own uploads, newest first, 10 a page', async ({ api }) => {
  expect(await list(api)).toEqual({ uploads: [], page: 1, limit: 10, nextCursor: null })
  const made = await uploadMany(api, 12)
  const first = await list(api)
  expect(first).toMatchObject({ page: 1, limit: 10, nextCursor: expect.any(String) })
  expect(first).not.toHaveProperty('total')
  expect(first.uploads).toEqual(made.toReversed().slice(0, 10))
  expect(names(await list(api, '?page=2'))).toEqual(['2', '1'])
  const past = { uploads: [], page: 3, limit: 10, nextCursor: null, total: 12 }
  expect(await list(api, '?page=3&count=true')).toEqual(past)
})

test('pages by cursor and by Link, none lost or doubled while uploads come and go', async ({ api }) => {
  const made = await uploadMany(api, 7)
  const first = await api('/api/uploads?limit=3&count=true')
  const link = /^<(\/api\/uploads\?[^>]+)>; rel="next"$/.exec(first.headers.get('link') ?? '')?.[1] ?? ''
  const one = (await first.json()) as UploadList
  expect(names(one)).toEqual(['7', '6', '5'])
  expect(new URLSearchParams(link.split('?')[1]).get('cursor')).toBe(one.nextCursor)
  await uploadMany(api, 1)
  // The one that the cursor names may go, and so may one that has been seen or not yet.
  for (const n of [5, 7, 3])
    expect((await api(`/api/uploads/${made[n - 1]?.id}`, { method: 'DELETE' })).status).toBe(204)
  const last = await api(link)
  expect(names((await last.json()) as UploadList)).toEqual(['4', '2', '1'])
  expect(last.headers.get('link')).toBeNull()
})

test('a list has a weak validator that changes with its uploads', async ({ api }) => {
  const tag = (await api('/api/uploads')).headers.get('etag') ?? ''
  expect(tag).toMatch(/^W\/".+"$/)
  const unchanged = await api('/api/uploads', { headers: { 'If-None-Match': tag } })
  expect([unchanged.status, await unchanged.text()]).toEqual([304, ''])
  await uploadMany(api, 1)
  const changed = await api('/api/uploads', { headers: { 'If-None-Match': tag } })
  expect(changed.status).toBe(200)
})

const refused = [
  { query: 'limit=0', pointer: '/limit' },
  { query: 'limit=101', pointer: '/limit' },
  { query: 'page=0', pointer: '/page' },
  { query: 'count=perhaps', pointer: '/count' },
  { query: 'cursor=none', pointer: '/cursor' },
]

for (const { query, pointer } of refused) {
  test(`refuses ?${query}`, async ({ api }) => {
    const problem = await expectProblem(await api(`/api/uploads?${query}`), 'invalid')
    expect(pointersOf(problem)).toEqual([pointer])
  })
}

test('shows nothing of another’s uploads, by whatever way', async ({ api }) => {
  await uploadMany(api, 2)
  const { nextCursor } = await list(api, '?limit=1')
  const them = apiWith(await createKeyFor(await createPerson({ name: 'Bob' })))
  expect(await list(them, '?count=true')).toMatchObject({ uploads: [], total: 0 })
  expect(nextCursor).not.toBeNull()
  await expectProblem(await them(`/api/uploads?cursor=${nextCursor}`), 'invalid')
  await expectProblem(await apiWith(null)('/api/uploads'), 'unauthenticated')
})
