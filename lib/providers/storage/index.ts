import path from 'node:path'
import { dataDir } from '@/lib/env'
import { diskStorage } from '@/lib/providers/storage/disk'
import type { Storage } from '@/lib/providers/storage/types'

export type { ByteRange, Storage } from '@/lib/providers/storage/types'

let opened: Storage | undefined

/** The storage of this installation. */
export function storage(): Storage {
  opened ??= diskStorage(path.join(dataDir(), 'uploads'))
  return opened
}
