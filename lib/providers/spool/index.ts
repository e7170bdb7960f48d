import path from 'node:path'
import { dataDir } from '@/lib/env'
import { type Spool, spoolIn } from '@/lib/providers/spool/folder'

export type { SpooledFile } from '@/lib/providers/spool/folder'

let opened: Spool | undefined

/** The spool of this installation: on one file system with the storage, which takes files over from here. */
export function spool(): Spool {
  opened ??= spoolIn(path.join(dataDir(), 'incoming'))
  return opened
}
