/** Whether a caller takes this media type, by name or by wildcard: RFC 9110, section 12.5.1. */
export function accepts(header: string, type: string): boolean {
  const [group] = type.split('/')
  return ranges(header).some((range) => [type, `${group}/*`, '*/*'].includes(range))
}

/** Whether a caller asks for this media type by its name: the way to another form of the same answer. */
export function prefers(request: Request, type: string): boolean {
  return ranges(request.headers.get('accept') ?? '').includes(type)
}

/** How an answer can be coded for its way, the best first. */
const CODINGS = ['br', 'gzip', 'identity'] as const
export type Coding = (typeof CODINGS)[number]

/** The best of the codings that an `Accept-Encoding` header names: RFC 9110, section 12.5.3. */
export function preferredCoding(header = ''): Coding {
  return CODINGS.find((coding) => ranges(header).includes(coding)) ?? 'identity'
}

/** The names in an `Accept` header or one like it, without those that it refuses by `q=0`. */
function ranges(header: string): string[] {
  return header
    .toLowerCase()
    .split(',')
    .filter((range) => !/;\s*q=0(\.0*)?\s*($|;)/.test(range))
    .map((range) => range.split(';')[0]?.trim() ?? '')
}
