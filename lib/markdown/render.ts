import rehypeSanitize, { defaultSchema } from 'rehype-sanitize'
import rehypeStringify from 'rehype-stringify'
import remarkGfm from 'remark-gfm'
import remarkParse from 'remark-parse'
import remarkRehype from 'remark-rehype'
import { unified } from 'unified'
import { asTyped } from './as-typed.ts'
import { belowTheTitle, fromOrigin } from './plugins.ts'

/**
 * Does the work of `renderMarkdown`, which calls it in a thread of its own: there is no saying how long it takes.
 *
 * @param origin makes addresses on this site absolute.
 * @returns HTML; what is nested too deep for that, as it was typed.
 */
export function render(markdown: string, origin?: string): string {
  try {
    return String(processor.processSync({ value: markdown, data: { origin } }))
  } catch (error) {
    // Quotes and lists nested thousands deep exhaust the stack.
    if (error instanceof RangeError) return asTyped(markdown)
    throw error
  }
}

const processor = unified()
  .use(remarkParse)
  .use(remarkGfm)
  .use(() => belowTheTitle)
  // The ids of footnotes are the only ones there are. They get their prefix where they are linked to; a second
  // one, from the sanitiser, would leave the links with nowhere to go.
  .use(remarkRehype, { clobberPrefix: 'content-' })
  .use(rehypeSanitize, { ...defaultSchema, clobberPrefix: '' })
  .use(() => fromOrigin)
  .use(rehypeStringify)
  .freeze()
