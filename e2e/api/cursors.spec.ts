import { grant } from '@/lib/services/credits'
import { createKeyFor, createPerson, type Person } from '../fixtures/factories'
import { picture, upload } from '../fixtures/pictures'
import { createPosts } from '../fixtures/posts'
import { expectProblem, pointersOf } from '../fixtures/problem'
import { type Api, apiWith, expect, test } from '../fixtures/test'

type List = { path: string; fill: (api: Api, owner: Person) => Promise<unknown> }

/** Every list that has pages, with a way to make it longer than one of them. */
const LISTS: List[] = [
  { path: '/api/posts', fill: (api) => createPosts(api, 3, { status: 'published' }) },
  {
    path: '/api/uploads',
    fill: async (api) => {
      for (let n = 1; n <= 3; n++) await upload(api, await picture('png', n, n))
    },
  },
  { path: '/api/usage/ledger', fill: (_, { userId }) => grant({ userId, amount: 1, reason: 'More' }) },
]

async function cursorOf(api: Api, path: string, query = ''): Promise<string> {
  const { nextCursor } = (await (await api(`${path}?limit=1${query}`)).json()) as { nextCursor: unknown }
  if (typeof nextCursor !== 'string') throw new Error(`${path} has no second page`)
  return nextCursor
}

async function expectRefused(api: Api, path: string, cursor: string, query = ''): Promise<void> {
  const answer = await api(`${path}?limit=1&cursor=${encodeURIComponent(cursor)}${query}`)
  expect(pointersOf(await expectProblem(answer, 'invalid')), cursor).toEqual(['/cursor'])
}

for (const { path, fill } of LISTS) {
  test(`a cursor of ${path} is good for its list alone, as it is`, async ({ api, writer }) => {
    const other = await createPerson()
    const others = apiWith(await createKeyFor(other))
    await fill(api, writer)
    await fill(others, other)
    const cursor = await cursorOf(api, path)
    expect((await api(`${path}?limit=2&cursor=${cursor}`)).status).toBe(200)

    await expectRefused(others, path, cursor)
    for (const elsewhere of LISTS.filter((list) => list.path !== path))
      await expectRefused(api, elsewhere.path, cursor)
    for (let at = 0; at < cursor.length; at++) {
      const changed = cursor.slice(0, at) + (cursor[at] === 'x' ? 'y' : 'x') + cursor.slice(at + 1)
      await expectRefused(api, path, changed)
    }
    await expectRefused(api, path, `${cursor}=`)
    await expectRefused(api, path, cursor.split('.')[0] ?? '')
  })
}

test('a cursor is good for the filters it was given with, by whoever was given it', async ({ api }) => {
  await createPosts(api, 3, { status: 'published' })
  const filtered = await cursorOf(api, '/api/posts', '&status=published')
  expect((await api(`/api/posts?cursor=${filtered}&status=published`)).status).toBe(200)
  await expectRefused(api, '/api/posts', filtered)
  await expectRefused(api, '/api/posts', filtered, '&status=draft')
  await expectRefused(api, '/api/posts', filtered, '&status=published&q=a')
  // Without credentials the same posts are another list.
  await expectRefused(apiWith(null), '/api/posts', await cursorOf(api, '/api/posts'))
  await expectRefused(api, '/api/posts', await cursorOf(apiWith(null), '/api/posts'))
})
