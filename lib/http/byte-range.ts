import type { ByteRange } from '@/lib/providers/storage'

/**
 * The part of a content of `size` bytes that a request asks for: RFC 9110, section 14.
 *
 * @returns null for the whole of it, as for what is no range of bytes, for several of them, and where `If-Range` names
 *   another content; `unsatisfiable` for a part that there is not.
 */
export function requestedRange(
  headers: Headers,
  size: number,
  tag: string,
): ByteRange | 'unsatisfiable' | null {
  const match = /^bytes=(\d*)-(\d*)$/i.exec(headers.get('range')?.trim() ?? '')
  const condition = headers.get('if-range')
  if (!match || (condition !== null && condition !== tag)) return null
  const [, first = '', last = ''] = match
  if (first === '' && last === '') return null
  // Of `-n`, the last n bytes are meant.
  const start = first === '' ? Math.max(0, size - Number(last)) : Number(first)
  const end = first === '' || last === '' ? size - 1 : Math.min(Number(last), size - 1)
  if (first !== '' && last !== '' && Number(last) < Number(first)) return null
  return start <= end ? { start, end } : 'unsatisfiable'
}
