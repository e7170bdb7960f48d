import type { ManifestProject } from '@/lib/services/transfer/manifest'
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

/** The ids of the viewer's uploads, which tell later which were there: imports give them times of long ago. */
export async function uploadIds(viewer: Viewer): Promise<string[]> {
  const rows = await query<{ id: string }>(
    sql`SELECT id FROM uploads WHERE owner_id = ${viewer.userId} ORDER BY id`,
  )
  return rows.map(({ id }) => id)
}

/** Those of these uploads that are there and the viewer's, one after the other. */
export async function* exportedUploads(
  viewer: Viewer,
  ids: readonly string[],
): AsyncGenerator<ExportedUpload, void, void> {
  for (let first = 0; first < ids.length; first += UPLOADS_A_PAGE)
    yield* (await ownUploads(viewer, ids.slice(first, first + UPLOADS_A_PAGE))).values()
}

/** The viewer's projects, as an export keeps them. */
export async function exportedProjects(viewer: Viewer): Promise<ManifestProject[]> {
  const rows = await query<Omit<ManifestProject, 'createdAt'> & { createdAt: Date }>(sql`
    SELECT id, name, brief, created_at AS "createdAt" FROM projects WHERE owner_id = ${viewer.userId} ORDER BY id`)
  return rows.map((row) => ({ ...row, createdAt: row.createdAt.toISOString() }))
}

/** Which of these uploads are the viewer's. */
export async function ownUploads(
  viewer: Viewer,
  ids: readonly string[],
): Promise<Map<string, ExportedUpload>> {
  if (ids.length === 0) return new Map()
  const rows = await query<ExportedUpload>(sql`
    SELECT id, filename, alt, mime, width, height, created_at AS "createdAt" FROM uploads
    WHERE owner_id = ${viewer.userId} AND id = ANY (${ids}::uuid[]) ORDER BY id`)
  return new Map(rows.map((row) => [row.id, row]))
}

/** Before every id. */
const NO_ID = '00000000-0000-0000-0000-000000000000'
