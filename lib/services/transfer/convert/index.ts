import { refusal } from '@/lib/services/transfer/refusal'
import { inThread } from '@/lib/threads'
import type { findAddresses, Place } from './addresses'
import type { convertHtml, HtmlOf } from './html'
import type { findVerbatim, Span } from './verbatim'

export type { Place } from './addresses'
export type { Span } from './verbatim'

/** Imports are done one at a time; exports beside them. Texts that take longer than this were not written by anybody. */
const threads = {
  name: 'transfer',
  worker: 'lib/services/transfer/convert/worker.ts',
  most: 2,
  patienceMs: 10_000,
}

/**
 * HTML as Markdown (CommonMark with GFM). What Markdown can't say is kept as a link or as code, and told of.
 *
 * @throws AppError `invalid` if it is nested too deep or takes too long: nobody writes such a text.
 */
export async function htmlToMarkdown(
  html: string,
  of: HtmlOf,
): Promise<{ markdown: string; remarks: string[] }> {
  const converted = await orTooDeep(inThread<typeof convertHtml>(threads, 'convertHtml', [html, of]))
  if (converted) return converted
  throw refusal('', 'Its text takes too long to be read, or is nested too deep.')
}

/** Where the addresses stand in a Markdown text, in their order; null if it takes too long to be read. */
export function addressesIn(markdown: string): Promise<Place[] | null> {
  return orTooDeep(inThread<typeof findAddresses>(threads, 'findAddresses', [markdown]))
}

/** Where a Markdown text is code or HTML; null if it takes too long to be read. */
export function verbatimIn(markdown: string): Promise<Span[] | null> {
  return orTooDeep(inThread<typeof findVerbatim>(threads, 'findVerbatim', [markdown]))
}

/** What exhausts the stack of its thread. */
async function orTooDeep<Result>(work: Promise<Result | null>): Promise<Result | null> {
  try {
    return await work
  } catch (error) {
    if (error instanceof Error && /Maximum call stack/.test(error.message)) return null
    throw error
  }
}
