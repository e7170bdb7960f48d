import type { Root } from 'hast'
import rehypeParse from 'rehype-parse'
import rehypeRemark from 'rehype-remark'
import remarkGfm from 'remark-gfm'
import remarkStringify from 'remark-stringify'
import { unified } from 'unified'
import { handlers } from './elements.ts'
import { tidyCards } from './ghost-cards.ts'
import { Remarks } from './remarks.ts'
import { tidyBlocks } from './wordpress-blocks.ts'

/** What the classes and comments in a source's HTML mean, as a step on its tree. */
const TIDY = { ghost: tidyCards, wordpress: tidyBlocks } as const
export type HtmlOf = keyof typeof TIDY

/**
 * HTML as Markdown (CommonMark with GFM). What Markdown can't say is kept as a link or as code, and told of.
 *
 * @throws RangeError if it is nested too deep.
 */
export function convertHtml(html: string, of: HtmlOf): { markdown: string; remarks: string[] } {
  const remarks = new Remarks()
  const processor = unified()
    .use(rehypeParse, { fragment: true })
    .use(() => (tree: Root) => TIDY[of](tree, remarks))
    .use(rehypeRemark, { handlers: handlers(remarks) })
    .use(remarkGfm)
    .use(remarkStringify, { bullet: '-', emphasis: '*', rule: '-' })
  return { markdown: String(processor.processSync(html)).trimEnd(), remarks: remarks.list() }
}
