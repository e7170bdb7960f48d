/** JSON-LD for search engines. What looks like a tag in it is escaped, so that nothing in it ends the element. */
export function StructuredData({ value }: { value: object }) {
  const json = JSON.stringify(value).replaceAll('<', '\\u003c')
  // biome-ignore lint/security/noDangerouslySetInnerHtml: a script's content is not escaped by React, but above
  return <script type="application/ld+json" dangerouslySetInnerHTML={{ __html: json }} />
}
