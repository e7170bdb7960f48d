/** A call as a program makes it. */
export type Request = {
  method: string
  path: string
  headers: [name: string, value: string][]
  body: { type: 'json'; value: unknown } | { type: 'file'; field: string; file: string } | null
  answer: 'nothing' | 'json' | 'file'
}

/** Stands for the key until each language says how it gets it. */
export const KEY = 'Bearer $INKWELL_KEY'

/** What a file is called that a path ends in. */
export function fileOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1)
}

/** All lines but the first of a literal, further in. */
export function indented(text: string, by: number): string {
  return text.replaceAll('\n', `\n${' '.repeat(by)}`)
}
