import { createPost, deletePost, listStamp, restorePost, updatePost } from '@/lib/services/posts'
import { stampOf } from '@/lib/services/posts/stamp'
import type { Viewer } from '@/lib/services/viewer'
import { query, sql, transaction } from '@/lib/sql'
import { createKeyFor, createPerson } from '../fixtures/factories'
import type { PostList } from '../fixtures/posts'
import { ownAddress, rawCall } from '../fixtures/raw-http'
import { type Api, apiWith, expect, test } from '../fixtures/test'

/** Nobody in particular, at an address of its own: the limit of one is shared by whoever calls from there. */
const from = ownAddress()
const nobody: Api = async (path, { headers } = {}) => {
  const answer = await rawCall(path, { from, headers: Object.fromEntries(new Headers(headers)) })
  return new Response(answer.text || null, answer)
}
const draft = { title: 'A post', content: '', excerpt: '', status: 'draft', coverUploadId: null } as const
const published = { ...draft, status: 'published' } as const

async function tagOf(api: Api, path = '/api/posts'): Promise<string> {
  return (await api(path)).headers.get('etag') ?? ''
}

async function statusOf(api: Api, tag: string, path = '/api/posts'): Promise<number> {
  return (await api(path, { headers: { 'If-None-Match': tag } })).status
}

type Change = {
  what: string
  of: typeof draft | typeof published
  change: (who: Viewer, id: string) => Promise<unknown>
}

const changes: Change[] = [
  { what: 'another is made', of: draft, change: (who) => createPost(who, draft, null) },
  { what: 'it is saved', of: draft, change: (who, id) => updatePost(who, id, { excerpt: 'New' }, null) },
  {
    what: 'it is published',
    of: draft,
    change: (who, id) => updatePost(who, id, { status: 'published' }, null),
  },
  {
    what: 'it is unpublished',
    of: published,
    change: (who, id) => updatePost(who, id, { status: 'draft' }, null),
  },
  { what: 'it goes to the trash', of: published, change: deletePost },
  { what: 'it goes for good', of: draft, change: (_, id) => query(sql`DELETE FROM posts WHERE id = ${id}`) },
  {
    what: 'it loses its cover, with the upload',
    of: draft,
    change: async (who, id) => {
      const [upload] = await query<{ id: string }>(sql`
        INSERT INTO uploads (id, owner_id, filename, mime, bytes, width, height)
        VALUES (uuidv7(), ${who.userId}, 'a.png', 'image/png', 1, 1, 1) RETURNING id`)
      await query(sql`UPDATE posts SET cover_upload_id = ${upload?.id} WHERE id = ${id}`)
      const before = await listStamp(who)
      await query(sql`DELETE FROM uploads WHERE id = ${upload?.id}`)
      expect(await listStamp(who)).not.toBe(before)
    },
  },
]

for (const { what, of, change } of changes) {
  test(`a list is new to whoever has it when of one of its posts it holds that ${what}`, async ({
    api,
    writer,
  }) => {
    const post = await createPost(writer, of, null)
    const tag = await tagOf(api)
    expect(await statusOf(api, tag)).toBe(304)
    await change(writer, post.id)
    expect(await statusOf(api, tag)).toBe(200)
  })
}

test('a list is new to whoever has it when a post comes back from the trash', async ({ api, writer }) => {
  const { id } = await createPost(writer, draft, null)
  await deletePost(writer, id)
  const tag = await tagOf(api)
  await restorePost(writer, id)
  expect(await statusOf(api, tag)).toBe(200)
})

test('an empty list has a validator, too, until there is a post', async ({ api, writer }) => {
  const tag = await tagOf(api)
  expect(await statusOf(api, tag)).toBe(304)
  await createPost(writer, draft, null)
  expect(await statusOf(api, tag)).toBe(200)
})

test('a list stays known while others write, and is not taken for another one', async ({ api, writer }) => {
  await createPost(writer, draft, null)
  const tag = await tagOf(api)
  const other = await createPerson()
  await createPost(other, published, null)
  expect(await statusOf(api, tag)).toBe(304)
  for (const path of [
    '/api/posts?limit=9',
    '/api/posts?page=2',
    '/api/posts?status=draft',
    '/api/posts?q=post',
  ])
    expect(await statusOf(api, tag, path), path).toBe(200)
  const theirs = apiWith(await createKeyFor(other))
  expect(await statusOf(theirs, tag)).toBe(200)
  expect(await statusOf(nobody, tag)).toBe(200)
})

test('the stamp of the public list is renewed by what is public, and by nothing else', async () => {
  const who = await createPerson()
  const id = who.userId
  const steps = [
    {
      is: sql`INSERT INTO posts (id, author_id, title, content, slug) VALUES (${id}, ${id}, 'A', '', ${id})`,
      renews: false,
    },
    { is: sql`UPDATE posts SET title = 'B' WHERE id = ${id}`, renews: false },
    { is: sql`UPDATE posts SET status = 'published', published_at = now() WHERE id = ${id}`, renews: true },
    { is: sql`UPDATE posts SET title = 'C' WHERE id = ${id}`, renews: true },
    { is: sql`UPDATE posts SET deleted_at = now() WHERE id = ${id}`, renews: true },
    { is: sql`UPDATE posts SET title = 'D' WHERE id = ${id}`, renews: false },
    { is: sql`UPDATE posts SET deleted_at = NULL WHERE id = ${id}`, renews: true },
    { is: sql`UPDATE posts SET status = 'draft', published_at = NULL WHERE id = ${id}`, renews: true },
    { is: sql`DELETE FROM posts WHERE id = ${id}`, renews: false },
  ]
  await transaction(async (ask) => {
    // Other writers of the same slot wait meanwhile: what changes is of this one's doing.
    const look = () =>
      ask<{ stamp: string }>(sql`SELECT stamp FROM public_stamps WHERE slot = ${slotOf(who)} FOR UPDATE`)
    let [before] = await look()
    for (const { is, renews } of steps) {
      await ask(is)
      const [after] = await look()
      expect(after?.stamp !== before?.stamp, is.text).toBe(renews)
      before = after
    }
  })
})

/** Which stamp of the public list is this author's. */
function slotOf({ userId }: Viewer): number {
  return Number.parseInt(userId.slice(-2), 16) & 15
}

test('what is committed after a tag was given is not hidden by what was begun before it', async () => {
  const [early, late] = await inDifferentSlots()
  const mine = apiWith(await createKeyFor(early))
  const tags = await transaction(async (ask) => {
    await ask(sql`
      INSERT INTO posts (id, author_id, title, content, slug, status, published_at)
      VALUES (${early.userId}, ${early.userId}, 'Begun early', '', ${early.userId}, 'published', now())`)
    await createPost(late, published, null)
    return { own: await tagOf(mine), ofAll: await tagOf(nobody) }
  })
  expect(await statusOf(mine, tags.own)).toBe(200)
  expect(await statusOf(nobody, tags.ofAll)).toBe(200)
})

/** Two writers who do not wait for each other at the stamp of the public list. */
async function inDifferentSlots(): Promise<[Viewer, Viewer]> {
  const first = await createPerson()
  for (;;) {
    const second = await createPerson()
    if (slotOf(first) !== slotOf(second)) return [first, second]
  }
}

test('among writers and readers at once, nobody is told that a list stands which does not', async ({
  api,
  writer,
}) => {
  const looks = { own: 0, ofAll: 0 }
  const others = await Promise.all([createPerson(), createPerson()])
  // They go on until enough readers have had a list that did not stand any more.
  const writing = [writer, ...others].map(async (who) => {
    for (let n = 0; looks.own < ENOUGH || looks.ofAll < ENOUGH; n++) {
      // Each time a new one: an older one is soon not among the first ten any more, where other tests publish.
      const { id } = await createPost(who, published, null)
      await updatePost(who, id, { title: `Saved ${n}` }, null)
      await deletePost(who, id)
      await restorePost(who, id)
      await deletePost(who, id)
    }
  })
  const reading = (['own', 'ofAll'] as const).map(async (which) => {
    const reader = which === 'own' ? api : nobody
    while (looks.own < ENOUGH || looks.ofAll < ENOUGH) {
      const answer = await reader('/api/posts')
      const { posts } = (await answer.json()) as PostList
      const had = posts.map(({ id, version }) => ({ id, version }))
      const before = await firstTen(which === 'own' ? writer : null)
      const status = await statusOf(reader, answer.headers.get('etag') ?? '')
      const isNew = JSON.stringify(before) !== JSON.stringify(had)
      // A list that was another one before the question was asked had to be told as new.
      if (isNew) expect(status).toBe(200)
      if (isNew) looks[which]++
    }
  })
  await Promise.all([...writing, ...reading])
  expect(await statusOf(api, await tagOf(api))).toBe(304)
})

const ENOUGH = 5

/** What the database says, at this moment. */
function firstTen(viewer: Viewer | null): Promise<object[]> {
  return viewer
    ? query(sql`SELECT id, version FROM posts WHERE author_id = ${viewer.userId} AND deleted_at IS NULL
        ORDER BY created_at DESC, id DESC LIMIT 10`)
    : query(sql`SELECT id, version FROM posts WHERE status = 'published' AND deleted_at IS NULL
        ORDER BY published_at DESC, id DESC LIMIT 10`)
}

const lookups = [
  { what: 'an author’s list', of: (who: Viewer) => who, index: 'post_stamps_pkey' },
  { what: 'the public list', of: () => null, index: 'public_stamps_pkey' },
]

for (const { what, of, index } of lookups) {
  test(`the stamp of ${what} is one look into an index`, async ({ writer }) => {
    const plan = await transaction(async (ask) => {
      // On tables of a few rows the planner would rather read all of them.
      await ask(sql`SET LOCAL enable_seqscan = off`)
      return ask<{ 'QUERY PLAN': string }>(sql`EXPLAIN SELECT ${stampOf(of(writer))}`)
    })
    const scans = plan.map((row) => row['QUERY PLAN']).filter((line) => line.includes('Scan'))
    expect(scans).toHaveLength(1)
    expect(scans[0]).toMatch(new RegExp(`Index.* Scan.* ${index} `))
  })
}
