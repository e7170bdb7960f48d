/**
 * Makes deltas safe to keep one by one, each in its own row. Servers that cut by bytes split a character
 * outside the basic plane (an emoji) over two deltas: the first half waits for the second. A half whose other
 * half never comes is dropped, and so is NUL, which PostgreSQL does not store in text.
 */
export function cleaner(): (delta: string) => string {
  let half = ''
  return (delta) => {
    const text = half + delta
    half = /[\ud800-\udbff]$/.exec(text)?.[0] ?? ''
    const whole = half ? text.slice(0, -1) : text
    return whole.replace(/\0|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g, '')
  }
}
