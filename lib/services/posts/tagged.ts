import { notFound } from '@/lib/errors'
import type { ListedPost } from '@/lib/services/posts/list'
import { query, queryByValues, type Sql, sql } from '@/lib/sql'

export type TaggedPosts = { tag: string; posts: ListedPost[]; more: boolean }

/**
 * One page of what is published under a tag, newest first, and the tag as the newest of all has it.
 *
 * @param page from 1. @throws AppError `not_found` where there is nothing (any more).
 */
export async function listTagged(key: string, page: number, limit: number): Promise<TaggedPosts> {
  const rows = await queryByValues<Omit<ListedPost, 'publishedAt'> & { publishedAt: Date; tag: string }>(sql`
    SELECT id, title, slug, excerpt, left(content, 2000) AS content, published_at AS "publishedAt",
      tags[array_position(tag_keys, ${key})] AS tag
    FROM posts WHERE ${tagged(key)}
    ORDER BY published_at DESC, id DESC LIMIT ${limit + 1} OFFSET ${(page - 1) * limit}`)
  const posts = rows
    .slice(0, limit)
    .map(({ tag: _, publishedAt, ...post }) => ({ ...post, publishedAt: publishedAt.toISOString() }))
  if (!rows[0]) throw notFound('tag')
  return { tag: rows[0].tag, posts, more: rows.length > limit }
}

/** Whether anything is published under this tag. */
export async function isPublicTag(key: string): Promise<boolean> {
  const [row] = await queryByValues<{ known: boolean }>(
    sql`SELECT EXISTS (SELECT FROM posts WHERE ${tagged(key)}) AS known`,
  )
  return row?.known === true
}

/** The tags under which something is published, by their keys. */
export async function publicTags(limit: number): Promise<string[]> {
  const rows = await query<{ key: string }>(sql`
    SELECT DISTINCT unnest(tag_keys) AS key FROM posts WHERE status = 'published' AND deleted_at IS NULL
    ORDER BY key LIMIT ${limit}`)
  return rows.map(({ key }) => key)
}

function tagged(key: string): Sql {
  return sql`status = 'published' AND deleted_at IS NULL AND tag_keys @> ARRAY[${key}]::text[]`
}
