/** What begins something, with its name as the first group and its words as the second, and what ends it, with its name. */
type Marks = { begin: RegExp; end: RegExp }

export type Pair = {
  from: number
  to: number
  whole: string
  name: string
  words: string
  /** What stands before the next end of this name; undefined where there is none. */
  inner: string | undefined
}

/**
 * What stands in a text from each beginning to its end, from the first to the last, none in another. One regular
 * expression for both would look through the rest of the text again for each beginning that has no end.
 */
export function* pairsIn(text: string, { begin, end }: Marks): Generator<Pair, void, void> {
  const ends = new Map<string, RegExpExecArray[]>()
  for (const found of [...text.matchAll(end)].reverse()) {
    const name = nameOf(found)
    const same = ends.get(name)
    if (same) same.push(found)
    else ends.set(name, [found])
  }
  let at = 0
  for (const found of text.matchAll(begin)) {
    const [opening, name = '', words = ''] = found
    if (found.index < at) continue
    const after = found.index + opening.length
    const left = ends.get(nameOf(found)) ?? []
    while ((left.at(-1)?.index ?? after) < after) left.pop()
    const last = left.at(-1)
    const to = last ? last.index + last[0].length : after
    yield {
      from: found.index,
      to,
      whole: text.slice(found.index, to),
      name,
      words,
      inner: last && text.slice(after, last.index),
    }
    at = to
  }
}

/** The text with something else in the place of each pair. */
export function replacePairs(text: string, marks: Marks, replace: (pair: Pair) => string): string {
  let replaced = ''
  let at = 0
  for (const pair of pairsIn(text, marks)) {
    replaced += text.slice(at, pair.from) + replace(pair)
    at = pair.to
  }
  return replaced + text.slice(at)
}

function nameOf([, name = '']: RegExpExecArray): string {
  return name.toLowerCase()
}
