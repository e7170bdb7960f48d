import { createHash } from 'node:crypto'
import { CARD } from '@/lib/providers/images/card'
import { sharedSize } from '@/lib/services/uploads/share'
import type { PictureView } from '@/lib/services/uploads/view'

/** What the picture of a post is made of: its cover, or what it says. */
export type Card = {
  title: string
  author: string
  cover: Pick<PictureView, 'id' | 'width' | 'height' | 'alt'> | null
}

/** Another number for another drawing. */
const DRAWING = 1

/** What is shown where others link to a post, as Open Graph has it. */
export function cardOf(post: Card & { id: string }) {
  const { cover, title } = post
  const url = cardAddress(post)
  // Of a cover that nobody has described, the title tells more than nothing.
  return cover ? { url, ...sharedSize(cover), alt: cover.alt || title } : { url, ...CARD, alt: title }
}

/** Where the picture of a post is: another address for each text and each cover of it, so that it may be kept for ever. */
export function cardAddress({ id, title, author, cover }: Card & { id: string }): string {
  const made = JSON.stringify(cover ? [DRAWING, cover.id] : [DRAWING, title, author])
  const name = createHash('sha256').update(made).digest('hex').slice(0, 16)
  return `/og/${id}/${name}.${cover ? 'jpg' : 'png'}`
}
