import type { Readable } from 'node:stream'
import { notFound } from '@/lib/errors'
import { spool } from '@/lib/providers/spool'
import { type ByteRange, storage } from '@/lib/providers/storage'
import type { UploadView } from '@/lib/schemas/uploads'
import { originalKey } from '@/lib/services/uploads/keys'
import { query, sql } from '@/lib/sql'

/** What of an upload its copies are made by. */
export type Stored = Pick<UploadView, 'id' | 'filename' | 'mime' | 'width' | 'height'> & { animated: boolean }

export async function findStored(id: string): Promise<Stored | null> {
  const [row] = await query<Stored>(
    sql`SELECT id, filename, mime, width, height, animated FROM uploads WHERE id = ${id}`,
  )
  return row ?? null
}

/**
 * Keeps a copy of an upload beside it, made when it is first asked for. Asked for by many at once, it is made once.
 *
 * @param write writes it to a spooled file, from the original that it opens.
 * @throws AppError `not_found` if the upload is deleted meanwhile; what `write` throws.
 */
export async function keepCopy(
  { id }: Stored,
  key: string,
  write: (open: () => Promise<Readable>) => Promise<string>,
): Promise<void> {
  if ((await storage().size(key)) !== null) return
  const making = inTheMaking.get(key) ?? make(id, key, write).finally(() => inTheMaking.delete(key))
  inTheMaking.set(key, making)
  await making
}

const inTheMaking = new Map<string, Promise<void>>()

async function make(id: string, key: string, write: Parameters<typeof keepCopy>[2]): Promise<void> {
  const file = await write(() => readOr404(originalKey(id)))
  try {
    await storage().put(key, file)
  } finally {
    await spool().remove(file)
  }
  // Deleted while it was made, it has left its folder behind that this has made again.
  if (await findStored(id)) return
  await storage().remove(id)
  throw notFound('upload')
}

/** @throws AppError `not_found` for a key under which nothing is, or nothing any more. */
export async function readOr404(key: string, range?: ByteRange): Promise<Readable> {
  const content = await storage().read(key, range)
  if (!content) throw notFound('upload')
  return content
}
