import { createReadStream } from 'node:fs'
import { readdir, stat } from 'node:fs/promises'
import path from 'node:path'
import { isIgnored } from '@/lib/services/transfer/bundle/ignored'
import type { Bundle, BundleFile } from '@/lib/services/transfer/bundle/types'

/** The files below a folder of this machine, for an operator. Links are not followed: they may lead out of it. */
export async function folderBundle(root: string): Promise<Bundle> {
  const files = new Map<string, BundleFile>()
  // Else the bundler would take all the project's files for ones that may be read here.
  const entries = await readdir(/*turbopackIgnore: true*/ root, { recursive: true, withFileTypes: true })
  for (const entry of entries) {
    const place = path.join(/*turbopackIgnore: true*/ entry.parentPath, entry.name)
    const name = path.relative(root, place).split(path.sep).join('/')
    if (!entry.isFile() || isIgnored(name)) continue
    const { size } = await stat(place)
    files.set(name, { path: name, bytes: size, open: async () => createReadStream(place) })
  }
  return { files, close() {} }
}
