import { setTimeout as sleep } from 'node:timers/promises'
import { Mutex } from 'async-mutex'
import { isDraining } from '@/lib/draining'
import { log } from '@/lib/log'
import { spool } from '@/lib/providers/spool'
import { storage } from '@/lib/providers/storage'
import { type Held, takeOver } from '@/lib/services/transfer/import/row'
import { runImport } from '@/lib/services/transfer/import/run'
import { originalKey } from '@/lib/services/uploads/keys'

/**
 * What is under way in this process, one at a time: each is as fast as the machine, and everybody else wants to be
 * answered meanwhile. On globalThis, because Next.js loads instrumentation and each route as separate module graphs.
 */
type Imports = { turn: Mutex; running: Set<Promise<void>> }
const holder = globalThis as typeof globalThis & { inkwellImports?: Imports }

function imports(): Imports {
  holder.inkwellImports ??= { turn: new Mutex(), running: new Set() }
  return holder.inkwellImports
}

/** Does an import outside any request. Never throws: what goes wrong is the import's outcome. */
export function importInBackground(held: Held): void {
  const { turn, running } = imports()
  const work = runImport(held, turn, () => fetchFile(held)).catch((err: unknown) =>
    log().error({ err, import: held.id }, 'an import was left to the next sweep'),
  )
  running.add(work)
  work.finally(() => running.delete(work))
}

/** Goes on with what others have begun and left. Any number of instances may do so at once. */
export async function resumeImports(): Promise<void> {
  if (isDraining()) return
  for (const held of await takeOver()) {
    log().warn({ import: held.id }, 'an import outlived its lease: it goes on here')
    importInBackground(held)
  }
}

/** Resolves when each has left off, after the post that it is at, and at the latest after `graceMs` milliseconds. */
export async function drainImports(graceMs: number): Promise<void> {
  await Promise.race([Promise.all(imports().running), sleep(graceMs, undefined, { ref: false })])
}

/** A zip is read from its end, which no storage but the disk can do: it is brought to this machine. */
async function fetchFile({ id }: Held): Promise<{ path: string; remove(): Promise<void> }> {
  const content = await storage().read(originalKey(id))
  if (!content) throw new Error('the file of an import is not in the storage')
  const { path } = await spool().take(content, Number.POSITIVE_INFINITY)
  return { path, remove: () => spool().remove(path) }
}
