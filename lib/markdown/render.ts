import rehypeHighlight from 'rehype-highlight'
import rehypeSanitize from 'rehype-sanitize'
import rehypeStringify from 'rehype-stringify'
import remarkGfm from 'remark-gfm'
import remarkMath from 'remark-math'
import remarkParse from 'remark-parse'
import remarkRehype from 'remark-rehype'
import { unified } from 'unified'
import { type Elsewhere, readElsewhere } from './addresses.ts'
import { typed } from './as-typed.ts'
import { belowTheTitle, type Heading, nameHeadings } from './headings.ts'
import { drawFormulas } from './math.ts'
import { dropHollowPictures, fitPictures, type PictureSizes } from './pictures.ts'
import { plainText } from './plain-text.ts'
import { readingMinutes } from './reading-time.ts'
import { SAFE_HTML } from './safe-html.ts'
import { textOf } from './tree.ts'

export type RenderOptions = {
  /** For what is not read on its own page. */
  elsewhere?: Elsewhere
  /** For a text that is alone on its page: gives headings ids, and fits these pictures into it. */
  article?: { pictures: PictureSizes }
}

/** `headings` are those that have ids; `plain` is the running text without marks, in one line. */
export type Rendered = { html: string; headings: Heading[]; minutes: number; plain: string }

/**
 * Does the work of `renderMarkdown`, which calls it in a thread of its own: there is no saying how long it takes.
 *
 * @returns what is nested too deep for that, as it was typed.
 */
export function render(markdown: string, options: RenderOptions): Rendered {
  try {
    const file = processor.processSync({ value: markdown, data: { options } })
    const { headings = [], minutes = 1, plain = '' } = file.data as Partial<Rendered>
    return { html: String(file), headings, minutes, plain }
  } catch (error) {
    // Quotes and lists nested thousands deep exhaust the stack.
    if (error instanceof RangeError) return typed(markdown)
    throw error
  }
}

const processor = unified()
  .use(remarkParse)
  .use(remarkGfm)
  // A single dollar is money.
  .use(remarkMath, { singleDollarTextMath: false })
  .use(() => belowTheTitle)
  .use(remarkRehype, { clobberPrefix: 'content-' })
  .use(() => (tree, { data }) => {
    if (optionsOf(data).article)
      Object.assign(data, { headings: nameHeadings(tree), minutes: readingMinutes(textOf(tree)) })
  })
  .use(() => drawFormulas)
  .use(rehypeHighlight)
  // From here on nothing is added that a writer has a say in.
  .use(rehypeSanitize, SAFE_HTML)
  .use(() => dropHollowPictures)
  .use(() => (tree, { data }) => {
    const { elsewhere, article } = optionsOf(data)
    Object.assign(data, { plain: plainText(tree) })
    if (elsewhere) readElsewhere(tree, elsewhere)
    if (article) fitPictures(tree, article.pictures)
  })
  .use(rehypeStringify)
  .freeze()

function optionsOf(data: object): RenderOptions {
  return (data as { options: RenderOptions }).options
}
