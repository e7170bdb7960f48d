import { uniqueWords } from '../fixtures/model-calls'
import { createPost, createPosts, listPosts, type PostList } from '../fixtures/posts'
import { expectProblem, pointersOf } from '../fixtures/problem'
import { apiWith, expect, test } from '../fixtures/test'

const nobody = apiWith(null)
const titles = ({ posts }: PostList) => posts.map(({ title }) => title)

test('lists the caller’s own posts, newest first, 10 a page', async ({ api }) => {
  expect(await listPosts(api)).toEqual({ posts: [], page: 1, limit: 10, nextCursor: null })
  const made = await createPosts(api, 12)
  const first = await listPosts(api)
  expect(first).toMatchObject({ page: 1, limit: 10, nextCursor: expect.any(String) })
  expect(first).not.toHaveProperty('total')
  expect(first.posts).toEqual(made.toReversed().slice(0, 10))
  expect(titles(await listPosts(api, '?page=2'))).toEqual(['2', '1'])
  expect(await listPosts(api, '?page=3&count=true')).toEqual({
    posts: [],
    page: 3,
    limit: 10,
    nextCursor: null,
    total: 12,
  })
})

test('without credentials lists published posts, and nothing else', async ({ api }) => {
  const words = uniqueWords()
  const draft = await createPost(api, { title: `Draft ${words}` })
  const published = await createPost(api, { title: `Published ${words}`, status: 'published' })
  const deleted = await createPost(api, { title: `Deleted ${words}`, status: 'published' })
  expect((await api(`/api/posts/${deleted.id}`, { method: 'DELETE' })).status).toBe(204)

  expect((await listPosts(nobody, `?q=${words}`)).posts).toEqual([published])
  // Which drafts there are is nobody's business, whatever is asked.
  for (const status of ['draft', 'all', 'published'])
    expect((await listPosts(nobody, `?q=${words}&status=${status}&count=1`)).total, status).toBe(1)
  expect(titles(await listPosts(api, `?q=${words}`))).toEqual([published.title, draft.title])
})

test('filters by status', async ({ api }) => {
  await createPosts(api, 2)
  await createPost(api, { title: 'P', status: 'published' })
  expect(titles(await listPosts(api, '?status=draft'))).toEqual(['2', '1'])
  expect(titles(await listPosts(api, '?status=published'))).toEqual(['P'])
  expect(titles(await listPosts(api, '?status=all&count=true'))).toEqual(['P', '2', '1'])
  expect((await listPosts(api, '?status=draft&count=true')).total).toBe(2)
})

const searches = [
  { q: 'keeper', found: ['The keeper', 'Lamps'] },
  { q: 'KEEPER', found: ['The keeper', 'Lamps'] },
  { q: 'keeper -lamp', found: ['The keeper'] },
  { q: '"of the lamp"', found: ['Lamps'] },
  { q: 'keeper or schlüssel', found: ['Ein Schlüssel', 'The keeper', 'Lamps'] },
  { q: 'excerpted', found: ['Lamps'] },
  { q: 'nowhere', found: [] },
  { q: "'; DROP TABLE posts; --", found: [] },
  { q: '& | ! ( <-> :*', found: ['Ein Schlüssel', 'The keeper', 'Lamps'], any: true },
]

test('searches titles, excerpts and contents', async ({ api }) => {
  await createPost(api, { title: 'Lamps', content: 'The keeper of the lamp', excerpt: 'Excerpted' })
  await createPost(api, { title: 'The keeper', content: 'of a house' })
  await createPost(api, { title: 'Ein Schlüssel' })
  for (const { q, found, any } of searches) {
    const answer = await api(`/api/posts?q=${encodeURIComponent(q)}`)
    expect(answer.status, q).toBe(200)
    if (!any) expect(titles((await answer.json()) as PostList), q).toEqual(found)
  }
})

test('pages by cursor and by Link, none lost or doubled while posts come and go', async ({ api }) => {
  const made = await createPosts(api, 9)
  const first = await api('/api/posts?limit=3&status=draft&count=true')
  const link = /^<(\/api\/posts\?[^>]+)>; rel="next"$/.exec(first.headers.get('link') ?? '')?.[1] ?? ''
  const one = (await first.json()) as PostList
  expect(titles(one)).toEqual(['9', '8', '7'])
  expect(new URLSearchParams(link.split('?')[1]).get('cursor')).toBe(one.nextCursor)
  expect(new URLSearchParams(link.split('?')[1]).get('status')).toBe('draft')

  await createPosts(api, 2)
  // The one that the cursor names may go, and so may one that has been seen or not yet.
  for (const title of ['7', '9', '5']) {
    const id = made.find((post) => post.title === title)?.id
    expect((await api(`/api/posts/${id}`, { method: 'DELETE' })).status).toBe(204)
  }
  const two = (await (await api(link)).json()) as PostList
  expect(titles(two)).toEqual(['6', '4', '3'])
  const last = await api(`/api/posts?limit=3&status=draft&cursor=${two.nextCursor}`)
  expect(titles((await last.json()) as PostList)).toEqual(['2', '1'])
  expect(last.headers.get('link')).toBeNull()
})

test('pages by cursor through posts of one and the same moment', async ({ api }) => {
  await Promise.all(Array.from({ length: 12 }, () => createPost(api, { status: 'published' })))
  const seen: string[] = []
  let cursor: string | null = ''
  while (cursor !== null) {
    const list: PostList = await listPosts(api, `?limit=5${cursor && `&cursor=${cursor}`}`)
    seen.push(...list.posts.map(({ id }) => id))
    cursor = list.nextCursor
  }
  expect(seen).toHaveLength(12)
  expect(new Set(seen).size).toBe(12)
})

const refused = [
  { query: 'limit=0', pointer: '/limit' },
  { query: 'limit=101', pointer: '/limit' },
  { query: 'limit=ten', pointer: '/limit' },
  { query: 'limit=1.5', pointer: '/limit' },
  { query: 'page=0', pointer: '/page' },
  { query: 'page=-1', pointer: '/page' },
  { query: 'page=1e9', pointer: '/page' },
  { query: 'status=deleted', pointer: '/status' },
  { query: 'count=perhaps', pointer: '/count' },
  { query: 'cursor=none', pointer: '/cursor' },
  { query: `cursor=${Buffer.from('99999999999999999.x').toString('base64url')}`, pointer: '/cursor' },
  { query: 'q=%00', pointer: '/q' },
  { query: `q=${'a'.repeat(201)}`, pointer: '/q' },
]

for (const { query, pointer } of refused) {
  test(`refuses ?${query.slice(0, 40)}`, async ({ api }) => {
    const problem = await expectProblem(await api(`/api/posts?${query}`), 'invalid')
    expect(pointersOf(problem)).toEqual([pointer])
  })
}

for (const limit of [1, 100]) {
  test(`allows limit=${limit}`, async ({ api }) => {
    await createPosts(api, 2)
    const list = await listPosts(api, `?limit=${limit}`)
    expect(list.posts).toHaveLength(Math.min(2, limit))
    expect(list.limit).toBe(limit)
  })
}

test('a list has a weak validator that changes with any of its posts', async ({ api }) => {
  const post = await createPost(api)
  const tag = (await api('/api/posts')).headers.get('etag') ?? ''
  expect(tag).toMatch(/^W\/".+"$/)
  for (const header of [tag, tag.replace('W/', ''), `"x", ${tag}`, '*']) {
    const answer = await api('/api/posts', { headers: { 'If-None-Match': header } })
    expect(answer.status, header).toBe(304)
    expect(await answer.text()).toBe('')
    expect(answer.headers.get('etag')).toBe(tag)
    expect(answer.headers.get('vary')).toContain('Authorization')
  }
  const patch = { method: 'PATCH', json: { excerpt: 'New' }, headers: { 'If-Match': '*' } }
  expect((await api(`/api/posts/${post.id}`, patch)).status).toBe(200)
  const changed = await api('/api/posts', { headers: { 'If-None-Match': tag } })
  expect(changed.status).toBe(200)
  expect(changed.headers.get('etag')).not.toBe(tag)
})
