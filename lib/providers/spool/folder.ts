import { createHash, randomUUID } from 'node:crypto'
import { createWriteStream } from 'node:fs'
import { mkdir, readdir, rm } from 'node:fs/promises'
import path from 'node:path'
import { pipeline } from 'node:stream/promises'
import { fileTooLarge } from '@/lib/bytes'
import { AppError } from '@/lib/errors'

/** What came from outside, in a file of its own until its request is answered, so that it takes no memory. */
export type SpooledFile = {
  path: string
  bytes: number
  /** Of its content, in hexadecimal. */
  sha256: string
}

export type Spool = {
  /**
   * Writes what comes into a file. Whoever calls this removes it; after a failure nothing is left.
   *
   * @throws AppError `too_large` as soon as more than `maxBytes` have come; `unavailable` if it can't be written;
   *   and whatever the source throws.
   */
  take(source: AsyncIterable<Uint8Array>, maxBytes: number): Promise<SpooledFile>
  /** Where a new file may be written. @throws AppError `unavailable`. */
  newPath(): Promise<string>
  /** Removes a file; one that is not there, or no longer, is fine. */
  remove(file: string): Promise<void>
  /**
   * Removes what a process that was killed has left behind, which is what was there already when this was last asked.
   * To be asked once an hour: no request lives as long as that, whatever becomes of the clock.
   */
  sweep(): Promise<void>
}

/** A spool in a directory of this machine. */
export function spoolIn(folder: string): Spool {
  let seenLast = new Set<string>()

  async function newPath(): Promise<string> {
    try {
      await mkdir(folder, { recursive: true, mode: 0o700 })
    } catch (error) {
      throw unwritable(error)
    }
    return path.join(folder, randomUUID())
  }

  async function take(source: AsyncIterable<Uint8Array>, maxBytes: number): Promise<SpooledFile> {
    const file = await newPath()
    const hash = createHash('sha256')
    let bytes = 0
    async function* measured(chunks: AsyncIterable<Uint8Array>) {
      for await (const chunk of chunks) {
        bytes += chunk.byteLength
        if (bytes > maxBytes) throw new AppError('too_large', fileTooLarge(maxBytes))
        hash.update(chunk)
        yield chunk
      }
    }
    try {
      await pipeline(source, measured, createWriteStream(file, { flags: 'wx', mode: 0o600 }))
      return { path: file, bytes, sha256: hash.digest('hex') }
    } catch (error) {
      await remove(file)
      throw isDiskTrouble(error) ? unwritable(error) : error
    }
  }

  async function remove(file: string): Promise<void> {
    await rm(file, { force: true })
  }

  async function sweep(): Promise<void> {
    const names = await readdir(folder).catch(() => [])
    for (const name of names) if (seenLast.has(name)) await remove(path.join(folder, name))
    seenLast = new Set(names)
  }

  return { take, newPath, remove, sweep }
}

/** What a file system says of itself, unlike a connection that broke off. */
function isDiskTrouble(error: unknown): boolean {
  const { code } = error as { code?: unknown }
  return typeof code === 'string' && DISK_TROUBLES.has(code)
}

const DISK_TROUBLES = new Set(['ENOSPC', 'EDQUOT', 'EIO', 'EROFS', 'EACCES', 'ENOENT', 'ENOTDIR', 'EMFILE'])

function unwritable(cause: unknown): AppError {
  return new AppError(
    'unavailable',
    'The file can’t be written just now. Nothing was stored; please try again.',
    { retryAfter: 30, cause },
  )
}
