import { createHash } from 'node:crypto'
import { storable } from '@/lib/services/transfer/storable'

/** What a post is known by at its source, as it is kept: ids are whatever their file says; an index takes a sane length. */
export function knownId(sourceId: string): string {
  const id = storable(sourceId)
  return id.length <= MAX_ID ? id : createHash('sha256').update(id).digest('hex')
}

const MAX_ID = 300
