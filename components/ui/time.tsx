/**
 * A moment, in UTC and in words made here rather than by Intl: servers and browsers carry different
 * locale data, and the text of the one must be the text of the other.
 */
export function Time({ value, show = 'moment' }: { value: Date | string; show?: 'date' | 'moment' }) {
  const date = new Date(value)
  return <time dateTime={date.toISOString()}>{show === 'date' ? formatDate(date) : formatMoment(date)}</time>
}

/** `5 March 2026` */
function formatDate(date: Date) {
  return `${date.getUTCDate()} ${MONTHS[date.getUTCMonth()]} ${date.getUTCFullYear()}`
}

/** `5 March 2026, 14:03 UTC` */
function formatMoment(date: Date) {
  return `${formatDate(date)}, ${date.toISOString().slice(11, 16)} UTC`
}

const MONTHS = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
]
