import path from 'node:path'
import { dataDir, env } from '@/lib/env'
import { diskStorage } from '@/lib/providers/storage/disk'
import { s3Storage } from '@/lib/providers/storage/s3'
import type { Storage } from '@/lib/providers/storage/types'

export type { ByteRange, Storage } from '@/lib/providers/storage/types'

/** The storages that there are, by the name that the command `move-uploads` knows them by. */
export const STORAGES = {
  disk: () => diskStorage(path.join(dataDir(), 'uploads')),
  /** @throws Error where the environment tells of no bucket. */
  s3() {
    const { S3 } = env()
    if (!S3)
      throw new Error(
        'S3_ENDPOINT, S3_REGION, S3_BUCKET, S3_ACCESS_KEY_ID and S3_SECRET_ACCESS_KEY must be set.',
      )
    return s3Storage(S3)
  },
}

let opened: Storage | undefined

/** The storage of this installation: the bucket that the environment tells of, or else the disk. */
export function storage(): Storage {
  opened ??= env().S3 ? STORAGES.s3() : STORAGES.disk()
  return opened
}
