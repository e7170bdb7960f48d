/** The characters of Unicode that stand above or below the line (block U+2070 and Latin-1). */
const SCRIPTS = {
  sup: {
    '0': '⁰',
    '1': '¹',
    '2': '²',
    '3': '³',
    '4': '⁴',
    '5': '⁵',
    '6': '⁶',
    '7': '⁷',
    '8': '⁸',
    '9': '⁹',
    '+': '⁺',
    '-': '⁻',
    n: 'ⁿ',
    i: 'ⁱ',
  },
  sub: {
    '0': '₀',
    '1': '₁',
    '2': '₂',
    '3': '₃',
    '4': '₄',
    '5': '₅',
    '6': '₆',
    '7': '₇',
    '8': '₈',
    '9': '₉',
    '+': '₊',
    '-': '₋',
  },
} as const satisfies Record<string, Record<string, string>>

/** The text above or below the line; null if there is no such character for one of its own. */
export function scriptText(text: string, way: 'sup' | 'sub'): string | null {
  const characters = new Map<string, string>(Object.entries(SCRIPTS[way]))
  const raised = [...text].map((character) => characters.get(character))
  return raised.includes(undefined) ? null : raised.join('')
}
