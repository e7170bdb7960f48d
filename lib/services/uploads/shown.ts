import { query, sql } from '@/lib/sql'

/** How large an upload is, in pixels. */
export type Size = { width: number; height: number }

/**
 * The sizes of the uploads whose addresses stand in a text, by their ids, whoever's they are. Some may stand there
 * otherwise than to be shown; what is not there any more has none.
 */
export async function picturesIn(markdown: string): Promise<Record<string, Size>> {
  const ids = new Set([...markdown.matchAll(ADDRESS)].map(([, id = '']) => id.toLowerCase()))
  if (ids.size === 0) return {}
  const rows = await query<Size & { id: string }>(
    // In order, since what a text is remembered by is made of them.
    sql`SELECT id, width, height FROM uploads WHERE id = ANY (${[...ids]}::uuid[]) ORDER BY id`,
  )
  return Object.fromEntries(rows.map(({ id, width, height }) => [id, { width, height }]))
}

const ADDRESS = /\/uploads\/([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\//gi
