import { hash, randomBytes } from 'node:crypto'
import { crc32 } from 'node:zlib'

/**
 * A key: `ink_`, 32 bytes of chance, and a checksum of all that, both in base64url (RFC 4648, section 5). With the
 * checksum a misspelt key is known for one without a look into the database, and a scanner that finds one in
 * somebody's repository can tell it from a word.
 */
export function newKey(): string {
  const body = `ink_${randomBytes(32).toString('base64url')}`
  return body + checksum(body)
}

/** Whether it could be a key: whether it is one, only the database knows. */
export function isWellFormed(key: string): boolean {
  const [, body, sum] = /^(ink_[\w-]{43})([\w-]{6})$/.exec(key) ?? []
  return body !== undefined && sum === checksum(body)
}

/** What is shown of a key, so that its owner can tell it from others. */
export function prefixOf(key: string): string {
  return key.slice(0, 10)
}

/** What is stored of a key. It is 256 bits of chance, so a slow hash would protect nothing more. */
export function hashOf(key: string): Uint8Array<ArrayBuffer> {
  return new Uint8Array(hash('sha256', key, 'buffer'))
}

/** CRC-32 (ISO 3309), in six characters. */
function checksum(body: string): string {
  const bytes = Buffer.alloc(4)
  bytes.writeUInt32BE(crc32(body))
  return bytes.toString('base64url')
}
