/** A text that can't be rendered, shown as it is. */
export function asTyped(markdown: string): string {
  return `<pre>${markdown.replaceAll('&', '&amp;').replaceAll('<', '&lt;')}</pre>`
}
