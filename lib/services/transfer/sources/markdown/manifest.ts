import path from 'node:path'
import type { Bundle } from '@/lib/services/transfer/bundle'
import { readText } from '@/lib/services/transfer/bundle/text'
import { JSON_MAX_BYTES } from '@/lib/services/transfer/limits'
import { MANIFEST, type ManifestProject, manifest } from '@/lib/services/transfer/manifest'
import { refusal } from '@/lib/services/transfer/refusal'
import { siteAddress } from '@/lib/services/transfer/site-address'
import { parseJson } from '@/lib/services/transfer/sources/json'
import type { Picture, Site } from '@/lib/services/transfer/sources/types'

export type Manifest = {
  pictures: Picture[]
  projects: ManifestProject[]
  site: Site
  /** The names of uploads that were lost before. */
  lost: string[]
}

/**
 * What an export of Inkwell says of its pictures; null for a bundle that is none.
 *
 * @throws AppError `invalid` for one that is not as Inkwell writes it.
 */
export async function readManifest(bundle: Bundle): Promise<Manifest | null> {
  const file = [...bundle.files.values()].find(({ path: at }) => path.posix.basename(at) === MANIFEST)
  if (!file) return null
  const parsed = manifest.safeParse(parseJson(await readText(file, JSON_MAX_BYTES), file.path))
  if (!parsed.success) {
    const [issue] = parsed.error.issues
    throw refusal(file.path, `This is no list of Inkwell’s: ${issue?.path.join('.')}: ${issue?.message}.`)
  }
  const pictures = parsed.data.pictures.flatMap(({ id, file: at, filename, alt, createdAt }) => {
    const found = bundle.files.get(path.posix.join(path.posix.dirname(file.path), at))
    return found ? [{ file: found, filename, alt, createdAt: new Date(createdAt), uploadId: id }] : []
  })
  const { site, projects, lost } = parsed.data
  return {
    pictures,
    projects,
    site: { address: siteAddress(site) },
    lost: lost.map(({ filename }) => filename),
  }
}
