/** Whether a caller takes this media type, by name or by wildcard: RFC 9110, section 12.5.1. */
export function accepts(header: string, type: string): boolean {
  const [group] = type.split('/')
  return ranges(header).some((range) => [type, `${group}/*`, '*/*'].includes(range))
}

/** Whether a caller asks for this media type by its name: the way to another form of the same answer. */
export function prefers(request: Request, type: string): boolean {
  return ranges(request.headers.get('accept') ?? '').includes(type)
}

/** The media ranges of an `Accept` header, without those that it refuses by `q=0`. */
function ranges(header: string): string[] {
  return header
    .toLowerCase()
    .split(',')
    .filter((range) => !/;\s*q=0(\.0*)?\s*($|;)/.test(range))
    .map((range) => range.split(';')[0]?.trim() ?? '')
}
