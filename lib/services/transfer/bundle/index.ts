import { createReadStream } from 'node:fs'
import { open, stat } from 'node:fs/promises'
import path from 'node:path'
import { folderBundle } from '@/lib/services/transfer/bundle/folder'
import type { Bundle } from '@/lib/services/transfer/bundle/types'
import { zipBundle } from '@/lib/services/transfer/bundle/zip'

export type { Bundle, BundleFile } from '@/lib/services/transfer/bundle/types'

/**
 * Opens what is to be imported: a zip by its first bytes, a folder, or else a single file.
 *
 * @param filename under which it was sent: a zip is known by its content, other files by their ending.
 * @throws AppError `invalid` for a zip that is broken or a bomb.
 */
export async function openBundle(place: string, filename: string): Promise<Bundle> {
  const { size, isFolder } = await look(place)
  if (isFolder) return folderBundle(place)
  if (await isZip(place)) return zipBundle(place, size)
  const name = path.basename(filename)
  return {
    files: new Map([[name, { path: name, bytes: size, open: async () => createReadStream(place) }]]),
    close() {},
  }
}

async function look(place: string): Promise<{ size: number; isFolder: boolean }> {
  const found = await stat(/*turbopackIgnore: true*/ place)
  return { size: found.size, isFolder: found.isDirectory() }
}

/** By the signature of the first entry, or of the end of an empty one (APPNOTE, 4.3.7 and 4.3.16). */
async function isZip(place: string): Promise<boolean> {
  const file = await open(/*turbopackIgnore: true*/ place)
  try {
    const { buffer } = await file.read(Buffer.alloc(4), 0, 4, 0)
    return ['PK\x03\x04', 'PK\x05\x06'].includes(buffer.toString('latin1'))
  } finally {
    await file.close()
  }
}
