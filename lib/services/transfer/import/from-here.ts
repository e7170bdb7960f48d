import path from 'node:path'
import { Mutex } from 'async-mutex'
import { newId } from '@/lib/ids'
import { endLost, insertImport } from '@/lib/services/transfer/import/row'
import { runImport } from '@/lib/services/transfer/import/run'
import type { Viewer } from '@/lib/services/viewer'
import { query } from '@/lib/sql'

/**
 * Imports a file or a folder of this machine, of any size, and waits for its end: for operators. What became of it stands
 * in the import, as it does for a file that was sent. Broken off and called again, it goes on where it was.
 *
 * @param site the address of the site that it comes from, where the operator has said it.
 * @returns the id of the import.
 * @throws AppError `in_progress` while another import of the viewer's runs.
 */
export async function importFromHere(
  viewer: Viewer,
  place: string,
  site: string | null = null,
): Promise<string> {
  const held = { id: newId(), ownerId: viewer.userId, filename: path.basename(place), site, fence: 1 }
  // An earlier one that was broken off is in nobody's way, whether the product runs or not.
  await endLost()
  await insertImport(query, held, false)
  await runImport(held, new Mutex(), async () => ({ path: place, async remove() {} }))
  return held.id
}
