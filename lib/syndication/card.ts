import { createHash } from 'node:crypto'

/** What the picture of a post says. */
export type Card = { title: string; author: string }

/** Another number for another drawing. */
const DRAWING = 1

/** Where the picture is that is drawn for a post: another address for each text of it, so that it may be kept for ever. */
export function cardAddress({ id, title, author }: Card & { id: string }): string {
  const text = JSON.stringify([DRAWING, title, author])
  return `/og/${id}/${createHash('sha256').update(text).digest('hex').slice(0, 16)}.png`
}
