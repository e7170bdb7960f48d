/**
 * A date as exports and people write it: ISO 8601 and its looser forms (`2024-03-05`, `2024-03-05 10:00:00 +0100`), or
 * in words (`Mar 5 2024`). What names no zone is taken for UTC.
 *
 * @returns null for what is none, as the `0000-00-00 00:00:00` of WordPress, and for years that are no plausible ones.
 */
export function readDate(value: unknown): Date | null {
  if (value instanceof Date) return plausible(value)
  if (typeof value !== 'string') return null
  const text = value.trim()
  const [, day, time = '00:00', zone = 'Z'] = ISO_LIKE.exec(text) ?? []
  if (!day) return /\p{L}{3}/u.test(text) ? plausible(new Date(inUtc(text))) : null
  const [year = '', month = '', date = ''] = day.split('-')
  const padded = `${year}-${month.padStart(2, '0')}-${date.padStart(2, '0')}`
  const offset = /^(Z|UTC|GMT)$/i.test(zone) ? 'Z' : zone.replace(/^([+-]\d\d):?(\d\d)$/, '$1:$2')
  return plausible(new Date(`${padded}T${time.padStart(5, '0')}${offset}`))
}

const ISO_LIKE =
  /^(\d{4}-\d{1,2}-\d{1,2})(?:(?:T|\s+)(\d{1,2}:\d\d(?::\d\d(?:\.\d+)?)?))?\s*(Z|UTC|GMT|[+-]\d\d:?\d\d)?$/i

/** JavaScript takes a date in words for local time. */
function inUtc(text: string): string {
  return /(Z|UTC|GMT|[+-]\d{4})\s*$/i.test(text) ? text : `${text} UTC`
}

function plausible(date: Date): Date | null {
  const year = date.getUTCFullYear()
  return year >= 1000 && year <= 9999 ? date : null
}
