import path from 'node:path'
import type { Bundle, BundleFile } from '@/lib/services/transfer/bundle'
import { readText } from '@/lib/services/transfer/bundle/text'
import { JSON_MAX_BYTES } from '@/lib/services/transfer/limits'
import { MANIFEST } from '@/lib/services/transfer/manifest'
import { refusal } from '@/lib/services/transfer/refusal'
import { ghostSource, isGhostExport } from '@/lib/services/transfer/sources/ghost'
import { parseJson } from '@/lib/services/transfer/sources/json'
import { isMarkdown, markdownSource } from '@/lib/services/transfer/sources/markdown'
import type { Source } from '@/lib/services/transfer/sources/types'
import { wordPressSource } from '@/lib/services/transfer/sources/wordpress'

/**
 * Finds out what a bundle is: an export of WordPress by its XML, of Ghost by its JSON, else files of Markdown.
 *
 * @throws AppError `invalid` if it is none of them, or can't be read.
 */
export async function readSource(bundle: Bundle): Promise<Source> {
  const files = [...bundle.files.values()]
  const xml = files.filter(({ path }) => /\.(xml|wxr)$/i.test(path))
  const hasMarkdown = files.some(isMarkdown)
  if (xml.length > 0 && !hasMarkdown) return wordPressSource(bundle, xml)
  const ghost = hasMarkdown ? null : await findGhost(files)
  if (ghost) return ghostSource(bundle, ghost)
  if (hasMarkdown || files.some(isManifest)) return markdownSource(bundle)
  throw refusal(
    '',
    'This is neither an export of Ghost (JSON), of WordPress (XML), nor Markdown (.md, or a zip of such files).',
  )
}

function isManifest(file: BundleFile): boolean {
  return path.posix.basename(file.path) === MANIFEST
}

/** The one JSON file that is an export. Several may lie beside it. */
async function findGhost(files: BundleFile[]): Promise<unknown> {
  const candidates = files.filter((file) => /\.json$/i.test(file.path) && !isManifest(file))
  for (const file of candidates) {
    const json = parseJson(await readText(file, JSON_MAX_BYTES), file.path)
    if (isGhostExport(json)) return json
    if (candidates.length === 1)
      throw refusal(file.path, 'This JSON is no export of Ghost: there are no posts at db[0].data.posts.')
  }
  return null
}
