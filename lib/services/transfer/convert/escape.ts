/** Text as HTML, or as an attribute's value; what is not there is nothing. */
export function escapeHtml(text: unknown): string {
  return String(text ?? '')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('"', '&quot;')
}

/** What stands between the tags of a little HTML. */
export function withoutTags(html: string): string {
  return html.replace(/<[^<>]*>/g, '')
}
