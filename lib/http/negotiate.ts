/**
 * The media type that a caller likes best of those there are (RFC 9110, section 12.5.1): of the ranges that a type
 * falls under, the most specific one says how much. Where two are liked alike, it is the one that is named, not just
 * meant by a wildcard, and then the one that stands first here.
 *
 * @returns null if the caller takes none of them; the first one if it does not say.
 */
export function choose<Type extends string>(accept: string | null, types: readonly Type[]): Type | null {
  if (!accept?.trim()) return types[0] ?? null
  const ranges = rangesOf(accept)
  let best: { type: Type | null; quality: number; specificity: number } = {
    type: null,
    quality: 0,
    specificity: 0,
  }
  for (const type of types) {
    const liked = likingOf(type, ranges)
    const better =
      liked.quality > best.quality ||
      (liked.quality === best.quality && liked.quality > 0 && liked.specificity > best.specificity)
    if (better) best = { type, ...liked }
  }
  return best.type
}

/** How much a type is liked, from 0 (not at all) to 1, by the most specific of the ranges that it falls under. */
function likingOf(type: string, ranges: readonly Range[]): { quality: number; specificity: number } {
  const wider = ['*/*', `${type.split('/')[0]}/*`, type]
  for (const specificity of [2, 1, 0]) {
    const range = ranges.find(({ name }) => name === wider[specificity])
    if (range) return { quality: range.quality, specificity }
  }
  return { quality: 0, specificity: 0 }
}

/** Whether a caller takes this media type by its name, and not just because it takes everything. */
export function takesByName(request: Request, type: string): boolean {
  return namedIn(request.headers.get('accept') ?? '').includes(type)
}

/** How an answer can be coded for its way, the best first. */
const CODINGS = ['br', 'gzip', 'identity'] as const
export type Coding = (typeof CODINGS)[number]

/** The best of the codings that an `Accept-Encoding` header names: RFC 9110, section 12.5.3. */
export function preferredCoding(header = ''): Coding {
  return CODINGS.find((coding) => namedIn(header).includes(coding)) ?? 'identity'
}

/** The names in an `Accept` header or one like it, without those that it refuses by `q=0`. */
function namedIn(header: string): string[] {
  return rangesOf(header).flatMap(({ name, quality }) => (quality > 0 ? [name] : []))
}

type Range = { name: string; quality: number }

/** What stands between the commas, without its parameters: none of our types has any to tell it by. */
function rangesOf(header: string): Range[] {
  return header
    .toLowerCase()
    .split(',')
    .map((range) => {
      const [name = '', ...parameters] = range.split(';').map((part) => part.trim())
      const weight = parameters.flatMap((one) => /^q=([\d.]+)$/.exec(one)?.[1] ?? [])[0]
      return { name, quality: weight === undefined ? 1 : Math.min(1, Number(weight) || 0) }
    })
}
