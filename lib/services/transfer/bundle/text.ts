import { formatBytes } from '@/lib/bytes'
import type { BundleFile } from '@/lib/services/transfer/bundle/types'
import { refusal } from '@/lib/services/transfer/refusal'

/**
 * A file as text: UTF-8, or UTF-16 where it begins with a byte order mark.
 *
 * @throws AppError `invalid`: too large, another encoding (with the byte where that shows), a NUL character (with its
 *   line), or broken in its zip.
 */
export async function readText(file: BundleFile, maxBytes: number): Promise<string> {
  const text = decode(await readBytes(file, maxBytes), file.path)
  const nul = text.indexOf('\0')
  if (nul >= 0)
    throw refusal(`${file.path}, line ${lineOf(text, nul)}`, 'This holds a NUL character, as no text does.')
  return text
}

async function readBytes(file: BundleFile, maxBytes: number): Promise<Buffer> {
  const tooLarge = () => refusal(file.path, `This is larger than ${formatBytes(maxBytes)}.`)
  if (file.bytes > maxBytes) throw tooLarge()
  const pieces: Buffer[] = []
  let bytes = 0
  try {
    for await (const piece of await file.open()) {
      bytes += piece.length
      if (bytes > maxBytes) throw tooLarge()
      pieces.push(piece)
    }
  } catch (cause) {
    if (bytes > maxBytes) throw cause
    const said = cause instanceof Error ? cause.message : ''
    throw refusal(file.path, `This can’t be read: ${said}`, cause)
  }
  return Buffer.concat(pieces)
}

function decode(bytes: Buffer, path: string): string {
  try {
    return new TextDecoder(encodingOf(bytes), { fatal: true }).decode(bytes)
  } catch (cause) {
    const at = firstBadByte(bytes)
    throw refusal(
      path,
      `This is not UTF-8: the first byte that can’t be read is number ${at + 1}. Save it as UTF-8 and send it again.`,
      cause,
    )
  }
}

/** By the byte order mark (Encoding Standard, 6.1). */
export function encodingOf(bytes: Uint8Array): 'utf-8' | 'utf-16le' | 'utf-16be' {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le'
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be'
  return 'utf-8'
}

/** Where the first character begins that can’t be read: found by halving, and then by going back to its beginning. */
function firstBadByte(bytes: Buffer): number {
  const isReadable = (end: number, stream: boolean) => {
    try {
      new TextDecoder('utf-8', { fatal: true }).decode(bytes.subarray(0, end), { stream })
      return true
    } catch {
      return false
    }
  }
  let [good, bad] = [0, bytes.length]
  while (bad - good > 1) {
    const middle = Math.floor((good + bad) / 2)
    if (isReadable(middle, true)) good = middle
    else bad = middle
  }
  while (good > 0 && !isReadable(good, false)) good--
  return good
}

function lineOf(text: string, at: number): number {
  return text.slice(0, at).split('\n').length
}
