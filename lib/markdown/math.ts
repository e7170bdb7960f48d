import { fromHtml } from 'hast-util-from-html'
import temml from 'temml'
import { type Node, nodesIn, textOf } from './tree.ts'

/** Formulas in TeX, as remark-math leaves them, become MathML. What is no TeX stays as it was typed. */
export function drawFormulas(tree: Node): void {
  for (const code of nodesIn(tree, isFormula)) {
    const displayMode = classesOf(code).includes('math-display')
    const drawn = draw(textOf(code), displayMode)
    if (drawn) Object.assign(code, drawn)
  }
  // A formula of its own is no program.
  for (const pre of nodesIn(
    tree,
    ({ tagName, children }) => tagName === 'pre' && children?.[0]?.tagName === 'math',
  ))
    Object.assign(pre, { tagName: 'div', properties: {} })
}

function draw(tex: string, displayMode: boolean): Node | null {
  try {
    const html = temml.renderToString(tex, { displayMode, throwOnError: true })
    return fromHtml(html, { fragment: true }).children[0] ?? null
  } catch {
    return null
  }
}

function isFormula(node: Node): boolean {
  return node.tagName === 'code' && classesOf(node).includes('language-math')
}

function classesOf({ properties }: Node): unknown[] {
  return Array.isArray(properties?.className) ? properties.className : []
}
