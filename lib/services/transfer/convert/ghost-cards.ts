import type { Element, Root } from 'hast'
import { addressOf } from './elements.ts'
import { element, findClass, findTag, hasClass, linkParagraph, replaceNodes, textIn } from './hast.ts'
import type { Remarks } from './remarks.ts'

/** What the cards of Ghost’s editor are in Markdown. Those that are nothing but HTML stay as they are. */
export function tidyCards(tree: Root, remarks: Remarks): void {
  replaceNodes(tree, (node) => {
    if (node.type === 'comment') return node.value.includes('members-only') ? paywall(remarks) : []
    for (const [name, convert] of Object.entries(CARDS))
      if (hasClass(node, name)) return convert(node, remarks)
    return null
  })
}

type Convert = (card: Element, remarks: Remarks) => Element[] | null

const CARDS: Record<string, Convert> = {
  'kg-bookmark-card': (card) => {
    const link = findTag(card, 'a')
    const words = textIn(findClass(card, 'kg-bookmark-description'))
    const title = textIn(findClass(card, 'kg-bookmark-title'))
    const address = String(link?.properties.href ?? '')
    return [linkParagraph(address, title), ...(words ? [element('p', {}, [words])] : []), ...captionOf(card)]
  },
  'kg-callout-card': (card) => {
    const emoji = textIn(findClass(card, 'kg-callout-emoji'))
    const text = findClass(card, 'kg-callout-text')
    return [
      element('blockquote', {}, [
        element('p', {}, [...(emoji ? [`${emoji} `] : []), ...(text?.children ?? [])]),
      ]),
    ]
  },
  'kg-toggle-card': (card) => {
    const heading = findClass(card, 'kg-toggle-heading-text')
    const content = findClass(card, 'kg-toggle-content')
    return [
      element('p', {}, [element('strong', {}, [textIn(heading)])]),
      element('div', {}, content?.children ?? []),
    ]
  },
  'kg-video-card': (card, remarks) => media(card, 'video', remarks),
  'kg-audio-card': (card, remarks) => media(card, 'audio', remarks),
  'kg-file-card': (card, remarks) => {
    const link = findTag(card, 'a')
    remarks.add('A file to download is a link to where it lies.')
    const title =
      textIn(findClass(card, 'kg-file-card-title')) || textIn(findClass(card, 'kg-file-card-filename'))
    const caption = textIn(findClass(card, 'kg-file-card-caption'))
    return [
      linkParagraph(String(link?.properties.href ?? ''), title),
      ...(caption ? [element('p', {}, [caption])] : []),
    ]
  },
}

function media(card: Element, kind: 'video' | 'audio', remarks: Remarks): Element[] | null {
  const player = findTag(card, kind)
  const address = player && addressOf(player)
  if (!address) return null
  remarks.add(`A ${kind} file is a link to where it lies.`)
  return [linkParagraph(address, textIn(findClass(card, `kg-${kind}-title`))), ...captionOf(card)]
}

function captionOf(card: Element): Element[] {
  const caption = findTag(card, 'figcaption')
  return caption ? [element('p', {}, caption.children)] : []
}

function paywall(remarks: Remarks): [] {
  remarks.add('The mark after which it was for members alone is gone.')
  return []
}
