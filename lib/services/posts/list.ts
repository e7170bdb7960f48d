import type { PostListQuery, PostView } from '@/lib/schemas/posts'
import { encodeCursor, place } from '@/lib/services/keyset'
import { stampOf } from '@/lib/services/posts/stamp'
import { type PostRow, postColumns, postView } from '@/lib/services/posts/view'
import type { Viewer } from '@/lib/services/viewer'
import { query, queryByValues, type Sql, sql } from '@/lib/sql'

/** What lists on the public site show of a post. `content` may be its beginning. */
export type ListedPost = Pick<PostView, 'id' | 'title' | 'slug' | 'excerpt' | 'content' | 'publishedAt'>

/** `stamp` is what the list is known by: see listStamp. */
export type PostList = { posts: PostView[]; nextCursor: string | null; total?: number; stamp: string }

/**
 * Posts, newest first: the viewer's own, or, for nobody in particular, what is published.
 *
 * A cursor stays right while posts come and go, since it names the place after which to go on, not a count.
 *
 * @throws AppError `invalid` for a cursor that is none.
 */
export async function listPosts(viewer: Viewer | null, wanted: PostListQuery): Promise<PostList> {
  const when = viewer ? sql`created_at` : sql`published_at`
  const filter = sql`${mayRead(viewer)} AND ${hasStatus(viewer, wanted.status)} AND ${matches(wanted.q)}`
  const { after, offset } = place(wanted, when)
  const order = viewer ? sql`"createdAt" DESC, id DESC` : sql`"publishedAt" DESC, id DESC`
  // One more than asked for tells whether there is a next page.
  const ask = wanted.q ? queryByValues : query
  const found = await ask<{ stamp: string } & (PostRow | { id: null })>(sql`
    SELECT known.stamp, page.* FROM (SELECT ${stampOf(viewer)} AS stamp) known LEFT JOIN (
      SELECT * FROM (
        SELECT ${postColumns} FROM posts WHERE ${filter} AND ${after}
        ORDER BY ${when} DESC, id DESC ${offset === 0 ? MOST : sql`LIMIT ${wanted.limit + 1} OFFSET ${offset}`}
      ) nearest ORDER BY ${order} LIMIT ${wanted.limit + 1}
    ) page ON true ORDER BY ${order}`)
  // Without a post there is still a row, with the stamp alone.
  const rows = found.filter((row) => row.id !== null)
  const page = rows.slice(0, wanted.limit)
  const last = page.at(-1)
  const more = rows.length > wanted.limit && last
  return {
    posts: page.map(postView),
    nextCursor: more
      ? encodeCursor((viewer ? last.createdAt : last.publishedAt) ?? last.createdAt, last.id)
      : null,
    ...(wanted.count ? { total: await count(filter) } : {}),
    stamp: found[0]?.stamp ?? '',
  }
}

/**
 * One more than the longest page. With a limit that it knows PostgreSQL plans the list once a connection; with one that
 * is a parameter alone it plans each list anew, which takes longer than the list.
 */
const MOST = sql`LIMIT 101`

function mayRead(viewer: Viewer | null): Sql {
  return viewer
    ? sql`author_id = ${viewer.userId} AND deleted_at IS NULL`
    : sql`status = 'published' AND deleted_at IS NULL`
}

function hasStatus(viewer: Viewer | null, status: PostListQuery['status']): Sql {
  return viewer && status !== 'all' ? sql`status = ${status}::post_status` : sql`true`
}

function matches(words: string): Sql {
  return words ? sql`search @@ websearch_to_tsquery('simple', ${words})` : sql`true`
}

async function count(filter: Sql): Promise<number> {
  const [row] = await query<{ total: number }>(sql`SELECT count(*)::int AS total FROM posts WHERE ${filter}`)
  return row?.total ?? 0
}
