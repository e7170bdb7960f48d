import type { Rendered } from './render.ts'

/** A text that can't be rendered, shown as it is. */
export function typed(markdown: string): Rendered {
  const text = markdown.replaceAll('&', '&amp;').replaceAll('<', '&lt;')
  return { html: `<pre>${text}</pre>`, headings: [], minutes: 1, plain: '' }
}
