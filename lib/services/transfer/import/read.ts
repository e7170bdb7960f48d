import { notFound } from '@/lib/errors'
import { isId } from '@/lib/ids'
import type { Viewer } from '@/lib/services/viewer'
import { query, sql } from '@/lib/sql'

export type ImportSummary = {
  id: string
  filename: string
  status: 'running' | 'done' | 'failed'
  error: string | null
  remarks: string[]
  createdAt: Date
  made: number
  there: number
  refused: number
}

export type ImportLine = {
  title: string
  outcome: 'made' | 'there' | 'refused'
  /** Null once the post is gone for good. */
  postId: string | null
  remarks: string[]
}

const columns = sql`id, filename, status, error, remarks, created_at AS "createdAt", counts.*`
const counts = sql`LATERAL (
  SELECT count(*) FILTER (WHERE outcome = 'made')::int AS made, count(*) FILTER (WHERE outcome = 'there')::int AS there,
    count(*) FILTER (WHERE outcome = 'refused')::int AS refused
  FROM import_items WHERE import_id = imports.id) counts`

/** The viewer's imports, the latest first. */
export async function listImports(viewer: Viewer, limit: number): Promise<ImportSummary[]> {
  return query<ImportSummary>(sql`
    SELECT ${columns} FROM imports, ${counts} WHERE owner_id = ${viewer.userId} ORDER BY created_at DESC LIMIT ${limit}`)
}

/** One of the viewer's imports. @throws AppError `not_found`, for somebody else's as for none. */
export async function readImport(viewer: Viewer, id: string): Promise<ImportSummary> {
  if (!isId(id)) throw notFound('import')
  const [row] = await query<ImportSummary>(
    sql`SELECT ${columns} FROM imports, ${counts} WHERE id = ${id} AND owner_id = ${viewer.userId}`,
  )
  if (!row) throw notFound('import')
  return row
}

/** What became of each thing in the file: first what was refused, then what there is to say of, then the rest. */
export async function listImportLines(
  viewer: Viewer,
  id: string,
  page: number,
  limit: number,
): Promise<{ lines: ImportLine[]; more: boolean }> {
  if (!isId(id)) throw notFound('import')
  const lines = await query<ImportLine>(sql`
    SELECT title, outcome, post_id AS "postId", import_items.remarks
    FROM import_items JOIN imports ON imports.id = import_id
    WHERE import_id = ${id} AND owner_id = ${viewer.userId}
    ORDER BY outcome <> 'refused', cardinality(import_items.remarks) = 0, position
    LIMIT ${limit + 1} OFFSET ${(page - 1) * limit}`)
  return { lines: lines.slice(0, limit), more: lines.length > limit }
}
