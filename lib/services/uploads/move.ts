import { Semaphore } from 'async-mutex'
import { spool } from '@/lib/providers/spool'
import type { Storage } from '@/lib/providers/storage'
import { originalKey } from '@/lib/services/uploads/keys'
import { query, sql } from '@/lib/sql'

export type Move = {
  from: Storage
  to: Storage
  /** Whether each source is removed once its copy is verified. */
  removeSource: boolean
  /** Told of each thing that is wrong, and, from time to time, how far it has come. */
  report: (line: string) => void
}

export type Moved = {
  copied: number
  /** In bytes. */
  copiedBytes: number
  /** How many were there already, as of a run before that was broken off. */
  there: number
  /** The uploads whose file is whole in neither storage. */
  missing: string[]
  removed: number
  /** The folders of `from` that are there afterwards, and those of `to` that no upload owns. */
  left: string[]
  unowned: string[]
}

type Row = { id: string; bytes: number }

/**
 * Copies the files of all uploads from one storage to the other. It may be broken off at any point and run again, also
 * while a product runs on either: what is there with the size that the database knows is not copied again, and nothing
 * is removed whose copy has not been seen there in that size. The narrower copies are not taken along: they are made
 * again when they are asked for.
 *
 * @throws AppError `unavailable` when a storage is.
 */
export async function moveUploads(move: Move): Promise<Moved> {
  const moved: Moved = { copied: 0, copiedBytes: 0, there: 0, missing: [], removed: 0, left: [], unowned: [] }
  const turns = new Semaphore(AT_ONCE)
  for (let after = FIRST; ; ) {
    const rows = await query<Row>(
      sql`SELECT id, bytes FROM uploads WHERE id > ${after}::uuid ORDER BY id LIMIT ${A_PAGE}`,
    )
    const last = rows.at(-1)
    if (!last) break
    const turned = rows.map((row) => turns.runExclusive(() => moveOne(move, row, moved)))
    // Not broken off in the middle of the others: nothing goes on in the background of a failure.
    const failure = (await Promise.allSettled(turned)).find(({ status }) => status === 'rejected')
    if (failure) throw (failure as PromiseRejectedResult).reason
    after = last.id
    move.report(`${moved.copied} copied, ${moved.there} there already …`)
  }
  moved.left = await Array.fromAsync(move.from.folders())
  moved.unowned = await unownedOf(await Array.fromAsync(move.to.folders()))
  return moved
}

const AT_ONCE = 4
const A_PAGE = 100
const FIRST = '00000000-0000-0000-0000-000000000000'

async function moveOne(
  { from, to, removeSource, report }: Move,
  { id, bytes }: Row,
  moved: Moved,
): Promise<void> {
  const key = originalKey(id)
  if ((await to.size(key)) === bytes) moved.there++
  else if (await copy(from, to, key, bytes)) {
    moved.copied++
    moved.copiedBytes += bytes
    // Deleted while it was copied, it has left nothing behind but this.
    if ((await unownedOf([id])).length > 0) await to.remove(id)
  } else {
    if ((await unownedOf([id])).length > 0) return
    moved.missing.push(id)
    report(`${id}: there is no whole file of ${bytes} bytes in ${from.name}; left as it is`)
    return
  }
  if (!removeSource) return
  await from.remove(id)
  moved.removed++
}

/** @returns whether it is there whole now; where the source is not, nothing is put. */
async function copy(from: Storage, to: Storage, key: string, bytes: number): Promise<boolean> {
  const source = await from.read(key)
  if (!source) return false
  const file = await spool().take(source, Number.POSITIVE_INFINITY)
  try {
    if (file.bytes !== bytes) return false
    await to.put(key, file.path)
    const size = await to.size(key)
    if (size === bytes) return true
    throw new Error(`${key} was put into ${to.name} with ${bytes} bytes, and has ${size} there`)
  } finally {
    await spool().remove(file.path)
  }
}

/** Those that belong to no upload, nor to one in the making. */
async function unownedOf(folders: string[]): Promise<string[]> {
  const owned = await query<{ id: string }>(sql`
    SELECT id::text FROM uploads WHERE id::text = ANY (${folders}::text[])
    UNION ALL SELECT upload_id::text FROM orphan_files WHERE upload_id::text = ANY (${folders}::text[])`)
  const ids = new Set(owned.map(({ id }) => id))
  return folders.filter((folder) => !ids.has(folder))
}
