import { parse as parseToml, TomlError } from 'smol-toml'
import { parseDocument } from 'yaml'
import { refusal } from '@/lib/services/transfer/refusal'

export type FrontMatter = { fields: Record<string, unknown>; content: string }

/**
 * Parts a Markdown file from its front matter: YAML between `---`, TOML between `+++`. A file without any is all content.
 *
 * @param path for what is said of errors.
 * @throws AppError `invalid`, with the line.
 */
export function readFrontMatter(text: string, path: string): FrontMatter {
  const [whole, fence = '', matter = ''] = FENCED.exec(text) ?? []
  if (whole === undefined) return { fields: {}, content: text }
  if (matter.length > MAX_LENGTH)
    throw refusal(path, `Its front matter is longer than ${MAX_LENGTH} characters.`)
  const fields = fence === '+++' ? readToml(matter, path) : readYaml(matter, path)
  return { fields, content: text.slice(whole.length) }
}

const FENCED = /^(---|\+\+\+)[ \t]*\n([\s\S]*?)(?<=\n)(?:\1|\.\.\.)[ \t]*(?:\n|$)/

const MAX_LENGTH = 65_536
/** How many times what an anchor names may be used: nobody needs it, and few lines of them come to gigabytes. */
const MAX_ALIASES = 20

function readYaml(matter: string, path: string): Record<string, unknown> {
  try {
    const document = parseDocument(matter, { prettyErrors: false, stringKeys: true })
    const [wrong] = document.errors
    if (wrong) {
      const line = matter.slice(0, wrong.pos[0]).split('\n').length + 1
      throw refusal(`${path}, line ${line}`, `Its front matter is no valid YAML: ${wrong.message}`)
    }
    return recordOf(document.toJS({ maxAliasCount: MAX_ALIASES }), path)
  } catch (cause) {
    if (cause instanceof ReferenceError || cause instanceof RangeError) {
      throw refusal(path, 'Its front matter refers to itself too often, or is nested too deep.', cause)
    }
    throw cause
  }
}

function readToml(matter: string, path: string): Record<string, unknown> {
  try {
    return parseToml(matter)
  } catch (cause) {
    if (!(cause instanceof TomlError)) throw refusal(path, 'Its front matter is nested too deep.', cause)
    const [what = ''] = cause.message.split('\n')
    throw refusal(`${path}, line ${cause.line + 1}`, `Its front matter is no valid TOML: ${what}`, cause)
  }
}

function recordOf(value: unknown, path: string): Record<string, unknown> {
  if (value === null || value === undefined) return {}
  if (typeof value === 'object' && !Array.isArray(value)) return value as Record<string, unknown>
  throw refusal(path, 'Its front matter is no list of names and values.')
}
