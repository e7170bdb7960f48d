import type { Mutex } from 'async-mutex'
import { asUnavailable } from '@/lib/db-errors'
import { isDraining } from '@/lib/draining'
import { env } from '@/lib/env'
import { AppError } from '@/lib/errors'
import { log } from '@/lib/log'
import { openBundle } from '@/lib/services/transfer/bundle'
import { planAddresses } from '@/lib/services/transfer/import/addresses'
import { importOne } from '@/lib/services/transfer/import/one'
import { findOwner } from '@/lib/services/transfer/import/owner'
import { pictureTaker } from '@/lib/services/transfer/import/pictures'
import { importProjects } from '@/lib/services/transfer/import/projects'
import { endImport, giveBack, type Held, renewLease } from '@/lib/services/transfer/import/row'
import { readSource } from '@/lib/services/transfer/sources'
import { storable } from '@/lib/services/transfer/storable'

/** The file or folder on this machine, until it is removed. */
type Open = () => Promise<{ path: string; remove(): Promise<void> }>

/** How long trouble around an import is given to pass, in seconds. */
const TROUBLE_S = 60

/** This process is to do no more of it: it stops, or somebody else does it. */
class Left extends Error {}

/**
 * Does an import to its end, renewing its lease meanwhile. What goes wrong in the file ends it, in words for its owner;
 * what goes wrong around it (database, storage, a stop) leaves it to whoever takes it over.
 *
 * @param turn waited for before anything is read.
 */
export async function runImport(held: Held, turn: Mutex, open: Open): Promise<void> {
  const lease = keepLease(held)
  try {
    const remarks = await turn.runExclusive(async () => {
      lease.check()
      const file = await open()
      try {
        return await importAll(held, file.path, lease.check)
      } finally {
        await file.remove()
      }
    })
    await endImport(held, null, remarks)
  } catch (error) {
    if (error instanceof Left || isPassing(error)) {
      log().warn({ err: error, import: held.id }, 'an import is left')
      await giveBack(held, error instanceof Left ? 0 : TROUBLE_S)
    } else {
      await endImport(held, messageOf(error, held), [])
    }
  } finally {
    lease.end()
  }
}

async function importAll(held: Held, path: string, check: () => void): Promise<string[]> {
  const viewer = await findOwner(held.ownerId)
  const bundle = await openBundle(path, held.filename)
  try {
    const source = await readSource(bundle)
    const take = pictureTaker(viewer)
    const addresses = await planAddresses(viewer, source)
    const context = { viewer, importId: held.id, source, take, addresses, site: held.site }
    const refused: string[] = []
    const aboutProjects = await importProjects(viewer, source.projects)
    for (const picture of source.pictures) {
      check()
      const taken = await take(picture)
      if ('refused' in taken) refused.push(`The picture ${picture.filename} was not taken: ${taken.refused}`)
    }
    let position = 0
    for await (const item of source.items()) {
      check()
      await importOne(context, item, position++)
    }
    const nothing = position === 0 ? ['There is no post in it.'] : []
    return [...source.remarks, ...aboutProjects, ...refused, ...nothing].map(storable)
  } finally {
    bundle.close()
  }
}

/** Three beats fit in a lease, so that one lost to a slow database does not cost the import. */
function keepLease(held: Held) {
  let lost = false
  const pulse = setInterval(() => {
    renewLease(held).then(
      (kept) => {
        lost ||= !kept
      },
      (err: unknown) => log().warn({ err, import: held.id }, 'renewing the lease of an import failed'),
    )
  }, env().GENERATION_LEASE_MS / 3)
  return {
    check() {
      if (lost || isDraining()) throw new Left()
    },
    end: () => clearInterval(pulse),
  }
}

function isPassing(error: unknown): boolean {
  const known = asUnavailable(error)
  return known instanceof AppError && known.code === 'unavailable'
}

function messageOf(error: unknown, held: Held): string {
  if (error instanceof AppError) return error.message
  log().error({ err: error, import: held.id }, 'an import failed')
  return 'Something went wrong on the server. What was imported so far stays; send the file again, and it goes on from there.'
}
