import type { Element } from 'hast'
import { toHtml } from 'hast-util-to-html'
import type { Handle, State } from 'hast-util-to-mdast'
import { defaultHandlers } from 'hast-util-to-mdast'
import { toText } from 'hast-util-to-text'
import type { Code, Link, Paragraph, PhrasingContent, RootContent } from 'mdast'
import type { Remarks } from './remarks.ts'
import { scriptText } from './scripts.ts'

/** How elements are told in Markdown that it has no marks for: as a link, as code, or by other characters. */
export function handlers(remarks: Remarks): Record<string, Handle> {
  const embed: Handle = (_, node: Element) => {
    const address = addressOf(node)
    if (address === null) return asCode(node, remarks)
    remarks.add(`What was embedded from ${hostOf(address)} is a link now.`)
    return linked(address)
  }
  const code: Handle = (_, node: Element) => asCode(node, remarks)
  return {
    iframe: embed,
    embed,
    object: embed,
    video: embed,
    audio: embed,
    form: code,
    svg: code,
    math: code,
    canvas: code,
    script: (_, node: Element) => script(node, remarks),
    style: () => {
      remarks.add('A style sheet in the text was left out.')
      return undefined
    },
    sup: (state: State, node: Element) => raised(state, node, 'sup', remarks),
    sub: (state: State, node: Element) => raised(state, node, 'sub', remarks),
    img: (state: State, node: Element) => picture(state, node, remarks),
    // What was Markdown at its source is that again, to the letter.
    pre: (state: State, node: Element) =>
      node.properties.dataMarkdown === undefined
        ? defaultHandlers.pre(state, node)
        : { type: 'html', value: toText(node, { whitespace: 'pre' }) },
  }
}

/** As it was written, for its author to make something of. */
function asCode(node: Element, remarks: Remarks): Code {
  remarks.add(`<${node.tagName}> is kept as a block of code.`)
  return { type: 'code', lang: 'html', value: toHtml(node) }
}

/** Widgets are a script beside a quotation that says the same; a script alone is kept. */
function script(node: Element, remarks: Remarks): Code | undefined {
  const source = node.properties.src
  if (typeof source !== 'string') return asCode(node, remarks)
  if (/^(https?:)?\/\/gist\.github\.com\//.test(source)) return asCode(node, remarks)
  remarks.add(`A script from ${hostOf(source)} was left out.`)
  return undefined
}

/** The address of what an element embeds: its own, or that of the first source in it. */
export function addressOf(node: Element): string | null {
  const own = node.properties.src ?? node.properties.data ?? node.properties.dataSrc
  if (typeof own === 'string' && own !== '') return own.startsWith('//') ? `https:${own}` : own
  for (const child of node.children) {
    const inner = child.type === 'element' ? addressOf(child) : null
    if (inner !== null) return inner
  }
  return null
}

/** Where an address leads, in words. */
export function hostOf(address: string): string {
  const whole = address.startsWith('//') ? `https:${address}` : address
  return URL.canParse(whole) ? new URL(whole).host || 'elsewhere' : 'the site'
}

function linked(address: string, text = address): Paragraph {
  const link: Link = { type: 'link', url: address, children: [{ type: 'text', value: text }] }
  return { type: 'paragraph', children: [link] }
}

/** `10²` by the characters that there are for it; else the difference is told. A footnote's mark stays a link. */
function raised(state: State, node: Element, way: 'sup' | 'sub', remarks: Remarks): PhrasingContent[] {
  const children = state.all(node) as PhrasingContent[]
  const [only] = children
  if (children.length !== 1 || only?.type !== 'text') return children
  const value = scriptText(only.value, way)
  if (value === null) remarks.add(`Text set ${way === 'sup' ? 'above' : 'below'} the line stands on it now.`)
  return [{ type: 'text', value: value ?? only.value }]
}

/** One without an address shows nothing; one in the text itself is no file of its own. */
function picture(state: State, node: Element, remarks: Remarks): RootContent | undefined {
  const { src, dataSrc } = node.properties
  const address = String(src || dataSrc || '')
  if (address === '') return undefined
  if (address.startsWith('data:')) {
    remarks.add('A picture that stood in the text itself (data:) was left out.')
    return undefined
  }
  const shown = { ...node, properties: { ...node.properties, src: address } }
  return defaultHandlers.img(state, shown) as RootContent
}
