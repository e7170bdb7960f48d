import { type Node, nodesIn } from './tree.ts'

/** A picture whose address the sanitiser took away is no picture any more: what it would have shown stays, in words. */
export function dropHollowPictures(tree: Node): void {
  for (const picture of nodesIn(tree, ({ tagName }) => tagName === 'img')) {
    if (typeof picture.properties?.src === 'string') continue
    Object.assign(picture, { type: 'text', value: String(picture.properties?.alt ?? '') })
  }
}
