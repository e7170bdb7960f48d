import pg from 'pg'

/**
 * What every baseline has behind it: the statements of the product's own services on bare `pg`, on the same
 * database, with a pool of the same size, and nothing else. Nobody is asked who they are. Connections are given back
 * soon, since PostgreSQL has not as many as all of the ways that are compared would keep.
 */
const pool = new pg.Pool({
  connectionString: process.env.BENCH_DATABASE_URL,
  max: 20,
  idleTimeoutMillis: 1_000,
})
const reader = process.env.BENCH_READER
const writers = (process.env.BENCH_WRITERS ?? '').split(' ')

const COLUMNS = `id, title, content, excerpt, slug, status, cover_upload_id AS "coverUploadId", version,
  created_at AS "createdAt", updated_at AS "updatedAt", published_at AS "publishedAt"`

type Post = { id: string; createdAt: Date }
type NewPost = { id: string; title: string; content: string; slug: string }

/** The first ten of the reader's posts. */
export async function list() {
  const { rows } = await pool.query<Post>({
    name: 'list',
    text: `SELECT ${COLUMNS} FROM posts WHERE author_id = $1 AND deleted_at IS NULL
      ORDER BY created_at DESC, id DESC LIMIT 11 OFFSET 0`,
    values: [reader],
  })
  const posts = rows.slice(0, 10)
  const last = posts.at(-1)
  return { posts, page: 1, limit: 10, nextCursor: last ? `${last.createdAt.getTime()}.${last.id}` : null }
}

/** One post of the reader's. */
export async function read(id: string) {
  const { rows } = await pool.query<Post>({
    name: 'read',
    text: `SELECT ${COLUMNS} FROM posts WHERE id = $1 AND author_id = $2 AND deleted_at IS NULL`,
    values: [id, reader],
  })
  return rows[0]
}

let made = 0

/** Makes a draft, of each writer in turn. */
export async function create({ id, title, content, slug }: NewPost) {
  const { rows } = await pool.query<Post>({
    name: 'create',
    text: `WITH made AS (
        INSERT INTO posts (id, author_id, title, content, excerpt, slug, status) VALUES ($1, $2, $3, $4, '', $5, 'draft')
        ON CONFLICT (slug) DO NOTHING RETURNING *
      ), history AS (
        INSERT INTO post_versions (post_id, version, title, content, excerpt)
        SELECT id, version, title, content, excerpt FROM made
      )
      SELECT ${COLUMNS} FROM made`,
    values: [id, writers[made++ % writers.length], title, content, slug],
  })
  return rows[0]
}
