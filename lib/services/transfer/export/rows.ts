import type { Viewer } from '@/lib/services/viewer'
import { query, sql } from '@/lib/sql'

/** A post with all that is taken along of it. */
export type ExportedPost = {
  id: string
  title: string
  content: string
  excerpt: string
  slug: string
  status: 'draft' | 'published'
  coverUploadId: string | null
  tags: string[]
  formerSlugs: string[]
  createdAt: Date
  updatedAt: Date
  publishedAt: Date | null
  publishAt: Date | null
  deletedAt: Date | null
}

export type ExportedUpload = {
  id: string
  filename: string
  alt: string
  mime: string
  width: number
  height: number
  createdAt: Date
}

/** So many are in memory at a time: a post may have 200,000 characters. */
const POSTS_A_PAGE = 20
const UPLOADS_A_PAGE = 500

/** The viewer's posts, those in the trash too, one after the other. */
export async function* exportedPosts(viewer: Viewer): AsyncGenerator<ExportedPost, void, void> {
  for (let after = NO_ID; ; ) {
    const page: ExportedPost[] = await query<ExportedPost>(sql`
      SELECT id, title, content, excerpt, slug, status, cover_upload_id AS "coverUploadId", tags,
        created_at AS "createdAt", updated_at AS "updatedAt", published_at AS "publishedAt",
        publish_at AS "publishAt", deleted_at AS "deletedAt",
        ARRAY(SELECT former.slug FROM former_slugs former WHERE former.post_id = posts.id ORDER BY 1) AS "formerSlugs"
      FROM posts WHERE author_id = ${viewer.userId} AND id > ${after} ORDER BY id LIMIT ${POSTS_A_PAGE}`)
    yield* page
    const last = page.at(-1)
    if (!last || page.length < POSTS_A_PAGE) return
    after = last.id
  }
}

/** The viewer's uploads that were there at this time, one after the other. */
export async function* exportedUploads(
  viewer: Viewer,
  until: Date,
): AsyncGenerator<ExportedUpload, void, void> {
  for (let after = NO_ID; ; ) {
    const page: ExportedUpload[] = await query<ExportedUpload>(sql`
      SELECT id, filename, alt, mime, width, height, created_at AS "createdAt" FROM uploads
      WHERE owner_id = ${viewer.userId} AND id > ${after} AND created_at <= ${until}
      ORDER BY id LIMIT ${UPLOADS_A_PAGE}`)
    yield* page
    const last = page.at(-1)
    if (!last || page.length < UPLOADS_A_PAGE) return
    after = last.id
  }
}

/** Which of these uploads are the viewer's. */
export async function ownUploads(
  viewer: Viewer,
  ids: readonly string[],
): Promise<Map<string, ExportedUpload>> {
  if (ids.length === 0) return new Map()
  const rows = await query<ExportedUpload>(sql`
    SELECT id, filename, alt, mime, width, height, created_at AS "createdAt" FROM uploads
    WHERE owner_id = ${viewer.userId} AND id = ANY (${ids}::uuid[])`)
  return new Map(rows.map((row) => [row.id, row]))
}

/** Before every id. */
const NO_ID = '00000000-0000-0000-0000-000000000000'
