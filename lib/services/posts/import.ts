import { isSlug, slugCandidates } from '@/lib/services/posts/slug'
import type { Tags } from '@/lib/services/posts/tags'
import { keepVersions } from '@/lib/services/posts/versions'
import type { Viewer } from '@/lib/services/viewer'
import { type Query, sql } from '@/lib/sql'

/** A post that was written elsewhere, with all that it has had there. */
export type ImportedPost = Tags & {
  title: string
  content: string
  excerpt: string
  /** The address that it should have; null for one after its title. */
  slug: string | null
  status: 'draft' | 'published'
  coverUploadId: string | null
  createdAt: Date | null
  updatedAt: Date | null
  publishedAt: Date | null
  publishAt: Date | null
  trashed: boolean
  /** Addresses that should lead to it. Those that others have stay theirs. */
  formerSlugs: string[]
}

/**
 * Makes a post as it was elsewhere, in the transaction of `query`.
 *
 * @returns the address that it has got: another one where the wanted one was not free, or no address.
 */
export async function insertImported(
  query: Query,
  viewer: Viewer,
  id: string,
  post: ImportedPost,
): Promise<{ slug: string }> {
  const slug = await insertUnderFreeSlug(query, viewer, id, post)
  await query(sql`
    INSERT INTO former_slugs (slug, post_id)
    SELECT former, ${id} FROM unnest(${post.formerSlugs}::text[]) AS former
    WHERE former <> '' AND NOT EXISTS (SELECT FROM posts WHERE posts.slug = former)
    ON CONFLICT DO NOTHING`)
  return { slug }
}

function* candidates({ slug, title }: ImportedPost): Generator<string, void> {
  if (slug !== null && isSlug(slug)) yield slug
  yield* slugCandidates(slug ?? title)
}

async function insertUnderFreeSlug(
  query: Query,
  viewer: Viewer,
  id: string,
  post: ImportedPost,
): Promise<string> {
  for (const slug of candidates(post)) {
    const made = await query(sql`
      WITH made AS (
        INSERT INTO posts (id, author_id, title, content, excerpt, slug, status, cover_upload_id, tags, tag_keys,
          created_at, updated_at, published_at, publish_at, deleted_at)
        SELECT ${id}, ${viewer.userId}, ${post.title}, ${post.content}, ${post.excerpt}, ${slug},
          ${post.status}::post_status, ${post.coverUploadId}::uuid, ${post.tags}::text[], ${post.keys}::text[],
          coalesce(${post.createdAt}::timestamptz, now()),
          coalesce(${post.updatedAt}::timestamptz, ${post.createdAt}::timestamptz, now()),
          coalesce(${post.publishedAt}::timestamptz,
            CASE WHEN ${post.status} = 'published' THEN coalesce(${post.createdAt}::timestamptz, now()) END),
          ${post.publishAt}::timestamptz, CASE WHEN ${post.trashed} THEN now() END
        WHERE NOT EXISTS (SELECT FROM former_slugs WHERE former_slugs.slug = ${slug})
        ON CONFLICT (slug) DO NOTHING RETURNING *
      ), history AS (${keepVersions(sql`made`)})
      SELECT FROM made`)
    if (made.length > 0) return slug
  }
  throw new Error('slugCandidates never ends')
}
