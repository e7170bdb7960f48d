import { newId } from '@/lib/ids'
import { storage } from '@/lib/providers/storage'
import { importInBackground } from '@/lib/services/transfer/import/background'
import { insertImport } from '@/lib/services/transfer/import/row'
import { storable } from '@/lib/services/transfer/storable'
import type { SentFile } from '@/lib/services/uploads'
import { originalKey } from '@/lib/services/uploads/keys'
import { adoptFiles, dropFiles, expectFiles } from '@/lib/services/uploads/orphans'
import type { Viewer } from '@/lib/services/viewer'
import { transaction } from '@/lib/sql'

/**
 * Takes a file to be imported and begins with it. The file is stored first, so that any instance can go on with it
 * should this one die.
 *
 * @param site the address of the site that the file comes from, where the viewer has said it.
 * @returns the id of the import.
 * @throws AppError `in_progress` while another import of the viewer's runs; `unavailable`.
 */
export async function acceptImport(viewer: Viewer, sent: SentFile, site: string | null): Promise<string> {
  const held = { id: newId(), ownerId: viewer.userId, filename: nameOf(sent), site, fence: 1 }
  try {
    await expectFiles(held.id)
    await storage().put(originalKey(held.id), sent.path)
    await transaction(async (query) => {
      await adoptFiles(query, held.id)
      await insertImport(query, held, true)
    })
  } catch (error) {
    await dropFiles(held.id)
    throw error
  }
  importInBackground(held)
  return held.id
}

/** Shown, and its ending is looked at. */
function nameOf({ filename }: SentFile): string {
  return storable(filename).split(/[/\\]/).at(-1)?.slice(-200) || 'file'
}
