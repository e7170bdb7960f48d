import { AppError } from '@/lib/errors'
import { log } from '@/lib/log'
import { storage } from '@/lib/providers/storage'
import { type Query, query, sql } from '@/lib/sql'

/** Writes down that a folder is about to be filled which no upload owns yet. */
export async function expectFiles(id: string): Promise<void> {
  await query(sql`INSERT INTO orphan_files (upload_id) VALUES (${id})`)
}

/**
 * Takes the folder for an upload, in the transaction that makes its row.
 *
 * @throws AppError `unavailable` if it has been condemned meanwhile, because that took an hour.
 */
export async function adoptFiles(run: Query, id: string): Promise<void> {
  const adopted = await run(
    sql`DELETE FROM orphan_files WHERE upload_id = ${id} AND NOT condemned RETURNING upload_id`,
  )
  if (adopted.length > 0) return
  // No upload will own it. Whoever condemned it may have looked before there was a file, and have forgotten it by now.
  await query(sql`
    INSERT INTO orphan_files (upload_id, condemned) VALUES (${id}, true)
    ON CONFLICT (upload_id) DO UPDATE SET condemned = true`)
  throw new AppError('unavailable', 'Storing the file took too long. Nothing was stored; please try again.', {
    retryAfter: 1,
  })
}

/**
 * Removes the folder unless an upload owns it. Failing at that is no failure of whoever asks: the sweep comes back to
 * it.
 */
export async function dropFiles(id: string): Promise<void> {
  try {
    const condemned = await query<{ id: string }>(
      sql`UPDATE orphan_files SET condemned = true WHERE upload_id = ${id} RETURNING upload_id AS id`,
    )
    await removeAll(condemned)
  } catch (err) {
    log().warn({ err, id }, 'files that no upload owns are left to the sweep')
  }
}

/**
 * Removes the folders that no upload owns and none will: those of uploads that are gone, and those whose maker has not
 * come back for an hour. Any number of instances may do so at once.
 */
export async function sweepOrphans(): Promise<void> {
  await removeAll(
    await query<{ id: string }>(sql`
      UPDATE orphan_files SET condemned = true
      WHERE condemned OR since < now() - interval '1 hour' RETURNING upload_id AS id`),
  )
}

/**
 * First the files, then what tells of them: whatever comes between, they are found again. One that can't be removed is
 * left to the next sweep, and keeps nobody from removing the others.
 */
async function removeAll(condemned: { id: string }[]): Promise<void> {
  for (const { id } of condemned) {
    try {
      await storage().remove(id)
      await query(sql`DELETE FROM orphan_files WHERE upload_id = ${id}`)
    } catch (err) {
      log().warn({ err, id }, 'files that no upload owns could not be removed: the next sweep tries again')
    }
  }
}
