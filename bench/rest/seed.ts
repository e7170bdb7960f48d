import { createKeyFor, createPerson } from '@/e2e/fixtures/factories'
import { query, sql } from '@/lib/sql'

/** Whose posts are read and by which keys, and who writes. Each key has a rate limit of its own. */
export type Seed = { reader: string; readerKeys: string[]; writers: string[]; writerKeys: string[] }

const POSTS = 10_000

/** A reader with 10,000 posts of a thousand characters, and writers; a key for each of `callers` callers of both kinds. */
export async function seed(callers: number): Promise<Seed> {
  const each = Array.from({ length: callers })
  const reader = await createPerson({ tier: 'unlimited' })
  const readerKeys = await Promise.all(each.map(() => createKeyFor(reader)))
  const writers = await Promise.all(each.map(() => createPerson({ tier: 'unlimited' })))
  const writerKeys = await Promise.all(writers.map((writer) => createKeyFor(writer)))
  await query(sql`
    INSERT INTO posts (id, author_id, title, content, excerpt, slug, created_at)
    SELECT uuidv7(), ${reader.userId}, 'The lighthouse, part ' || n, rpad('', 1000, 'The keeper of the lamp. '),
      'Of a lighthouse and who keeps it.', 'the-lighthouse-part-' || n, now() - n * interval '1 minute'
    FROM generate_series(1, ${POSTS}::int) n`)
  await query(sql`VACUUM ANALYZE posts`)
  return { reader: reader.userId, readerKeys, writers: writers.map(({ userId }) => userId), writerKeys }
}

/** One of the reader's posts. */
export async function anyPost({ reader }: Seed): Promise<string> {
  const [row] = await query<{ id: string }>(sql`SELECT id FROM posts WHERE author_id = ${reader} LIMIT 1`)
  return row?.id ?? ''
}
