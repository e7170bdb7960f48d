import type { Element, ElementContent, Nodes, Root } from 'hast'
import { toText } from 'hast-util-to-text'

/** Whether an element has this class. */
export function hasClass(node: Nodes, name: string): node is Element {
  return (
    node.type === 'element' &&
    Array.isArray(node.properties.className) &&
    node.properties.className.includes(name)
  )
}

/** The first element below this one with this class. */
export function findClass(node: Element, name: string): Element | null {
  for (const child of node.children) {
    if (child.type !== 'element') continue
    const inner = hasClass(child, name) ? child : findClass(child, name)
    if (inner) return inner
  }
  return null
}

/** The first element below this one of this kind. */
export function findTag(node: Element, tagName: string): Element | null {
  for (const child of node.children) {
    if (child.type !== 'element') continue
    const inner = child.tagName === tagName ? child : findTag(child, tagName)
    if (inner) return inner
  }
  return null
}

/** The text in a node, trimmed; empty where there is no node. */
export function textIn(node: Element | null): string {
  return node ? toText(node).trim() : ''
}

/** An element with its children, of which those given as strings become text. */
export function element(
  tagName: string,
  properties: Element['properties'],
  children: (ElementContent | string)[] = [],
): Element {
  return {
    type: 'element',
    tagName,
    properties,
    children: children.map((child) => (typeof child === 'string' ? { type: 'text', value: child } : child)),
  }
}

/** A link in a paragraph of its own. */
export function linkParagraph(address: string, text: string): Element {
  return element('p', {}, [element('a', { href: address }, [text || address])])
}

/** A block of code. */
export function codeBlock(code: string, language: string): Element {
  return element('pre', {}, [element('code', { className: [`language-${language}`] }, [code])])
}

/** Puts other nodes into the place of each one that `replace` has an answer for; those it leaves are looked into. */
export function replaceNodes(
  parent: Root | Element,
  replace: (node: ElementContent | Root['children'][number]) => ElementContent[] | null,
): void {
  const children: ElementContent[] = []
  for (const child of parent.children) {
    const others = replace(child)
    if (others) children.push(...others)
    else {
      if (child.type === 'element') replaceNodes(child, replace)
      children.push(child as ElementContent)
    }
  }
  parent.children = children
}
