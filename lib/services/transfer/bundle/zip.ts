import { type Entry, openPromise, type ZipFile } from 'yauzl'
import { formatBytes } from '@/lib/bytes'
import { isIgnored } from '@/lib/services/transfer/bundle/ignored'
import type { Bundle, BundleFile } from '@/lib/services/transfer/bundle/types'
import { ZIP_LIMITS } from '@/lib/services/transfer/limits'
import { refusal } from '@/lib/services/transfer/refusal'

/**
 * The files of a zip, which stays open until the bundle is closed. Nothing is unpacked before it is asked for, and an
 * entry that is longer than it says is broken off there (`validateEntrySizes`), so that what the entries say of
 * themselves is a limit of what they come to.
 *
 * @throws AppError `invalid`: no whole zip, a bomb, encrypted, or a name that leads out of it.
 */
export async function zipBundle(file: string, bytes: number): Promise<Bundle> {
  const zip = await openPromise(file, { autoClose: false, validateEntrySizes: true }).catch((cause) => {
    throw refusal('', 'The zip is broken or incomplete.', cause)
  })
  try {
    return { files: await filesOf(zip, bytes), close: () => zip.close() }
  } catch (error) {
    zip.close()
    throw error
  }
}

async function filesOf(zip: ZipFile, bytes: number): Promise<Map<string, BundleFile>> {
  const files = new Map<string, BundleFile>()
  let total = 0
  for await (const entry of entriesOf(zip)) {
    total += entry.uncompressedSize
    if (zip.entriesRead > ZIP_LIMITS.entries) {
      throw refusal('', `The zip has more than ${ZIP_LIMITS.entries} files in it.`)
    }
    const limit = Math.min(ZIP_LIMITS.bytes, Math.max(ZIP_LIMITS.ratioFrom, bytes * ZIP_LIMITS.ratio))
    if (total > limit) {
      throw refusal('', `The zip unpacks to more than ${formatBytes(limit)}, too much for its size.`)
    }
    if (entry.fileName.endsWith('/') || isIgnored(entry.fileName)) continue
    if (entry.isEncrypted())
      throw refusal(entry.fileName, 'This is encrypted. Send a zip without a password.')
    files.set(entry.fileName, {
      path: entry.fileName,
      bytes: entry.uncompressedSize,
      open: () => openEntry(zip, entry),
    })
  }
  return files
}

async function* entriesOf(zip: ZipFile): AsyncGenerator<Entry, void, void> {
  try {
    yield* zip.eachEntry()
  } catch (cause) {
    const said = cause instanceof Error ? cause.message : ''
    const leadsOut = /^(absolute path|invalid relative path|invalid characters in fileName)/.test(said)
    throw refusal(
      '',
      leadsOut ? `The zip holds a name that leads out of it (${said}).` : `The zip is broken: ${said}.`,
      cause,
    )
  }
}

async function openEntry(zip: ZipFile, entry: Entry) {
  try {
    return await zip.openReadStreamPromise(entry)
  } catch (cause) {
    const said = cause instanceof Error ? cause.message : ''
    throw refusal(entry.fileName, `This can’t be unpacked: ${said}.`, cause)
  }
}
