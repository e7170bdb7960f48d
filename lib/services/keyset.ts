import { AppError } from '@/lib/errors'
import { isId } from '@/lib/ids'
import { type Sql, sql } from '@/lib/sql'

/**
 * Where a page of a list begins that goes by a moment and then by id, newest first: after what its cursor names, or by
 * counting pages where there is none.
 *
 * @param when the column of the moment.
 * @throws AppError `invalid` for a cursor that is none.
 */
export function place(
  { cursor, page, limit }: { cursor?: string | undefined; page: number; limit: number },
  when: Sql,
): { after: Sql; offset: number } {
  if (!cursor) return { after: sql`true`, offset: (page - 1) * limit }
  const { at, id } = decodeCursor(cursor)
  return { after: sql`(${when}, id) < (${at}::timestamptz, ${id}::uuid)`, offset: 0 }
}

/** The cursor that goes on after this row. It stays right while rows come and go: it names a place, not a count. */
export function encodeCursor(at: Date, id: string): string {
  return Buffer.from(`${at.getTime()}.${id}`).toString('base64url')
}

function decodeCursor(cursor: string): { at: Date; id: string } {
  const [time = '', id = ''] = Buffer.from(cursor, 'base64url').toString().split('.')
  if (/^\d{1,14}$/.test(time) && isId(id)) return { at: new Date(Number(time)), id }
  const detail = 'This cursor is not one that a list has given.'
  throw new AppError('invalid', detail, { fields: [{ pointer: '/cursor', detail }] })
}
