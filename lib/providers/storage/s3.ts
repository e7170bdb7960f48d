import { createReadStream } from 'node:fs'
import { rm } from 'node:fs/promises'
import { Readable } from 'node:stream'
import {
  DeleteObjectCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  paginateListObjectsV2,
  S3Client,
} from '@aws-sdk/client-s3'
import { Upload } from '@aws-sdk/lib-storage'
import type { S3Settings } from '@/lib/env'
import { storageUnavailable } from '@/lib/providers/storage/failures'
import { isMissingKey, orExplained } from '@/lib/providers/storage/s3-failures'
import type { ByteRange, Storage } from '@/lib/providers/storage/types'

/** How long is waited for the bucket, in milliseconds. */
export type S3Patience = {
  /** For a connection. */
  connect: number
  /** For the next byte on a connection that there is. */
  idle: number
}

const PATIENCE: S3Patience = { connect: 3_000, idle: 10_000 }

/** How often a call is made before it has failed; and how often a read that broke off is gone on with. */
const ATTEMPTS = 3

/**
 * Storage in a bucket of any service that speaks S3's protocol. Buckets are addressed by path, since names before the
 * host need certificates and name servers that self-hosted services rarely have.
 */
export function s3Storage(settings: S3Settings, { connect, idle }: S3Patience = PATIENCE): Storage {
  const { endpoint, region, bucket, accessKeyId, secretAccessKey } = settings
  const Bucket = bucket
  const client = new S3Client({
    endpoint,
    region,
    credentials: { accessKeyId, secretAccessKey },
    forcePathStyle: true,
    maxAttempts: ATTEMPTS,
    // Many compatible services refuse the checksums that the SDK adds by default since 2025.
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
    requestHandler: { connectionTimeout: connect, socketTimeout: idle },
  })

  /** @returns null if there is no such key. */
  const orNull = <Value>(ask: () => Promise<Value>): Promise<Value | null> =>
    orExplained(settings, async () => {
      try {
        return await ask()
      } catch (error) {
        if (isMissingKey(error)) return null
        throw error
      }
    })

  const get = (Key: string, range?: string) =>
    client.send(new GetObjectCommand({ Bucket, Key, ...(range ? { Range: `bytes=${range}` } : {}) }))

  async function* keysIn(folder: string): AsyncGenerator<string> {
    for await (const page of paginateListObjectsV2({ client }, { Bucket, Prefix: `${folder}/` }))
      for (const { Key } of page.Contents ?? []) if (Key) yield Key
  }

  async function* folders(): AsyncGenerator<string> {
    for await (const page of paginateListObjectsV2({ client }, { Bucket, Delimiter: '/' }))
      for (const { Prefix } of page.CommonPrefixes ?? []) if (Prefix) yield Prefix.slice(0, -1)
  }

  /** Goes on where a connection was cut: what is stored under a key never changes. */
  async function* wholeOf(key: string, begun: Readable, start: number, end?: number): AsyncGenerator<Buffer> {
    let at = start
    let body: Readable | undefined = begun
    for (let attempt = 1; ; attempt++) {
      try {
        body ??= (await get(key, `${at}-${end ?? ''}`)).Body as Readable
        for await (const piece of body as AsyncIterable<Buffer>) {
          at += piece.byteLength
          yield piece
        }
        return
      } catch (error) {
        if (attempt === ATTEMPTS) throw storageUnavailable(error)
        body = undefined
      }
    }
  }

  return {
    name: `the bucket ${bucket} at ${endpoint}`,

    check: () =>
      orExplained(settings, async () => {
        // Nothing is there, and whoever may not ask for it, or names no such bucket, is told so.
        await client.send(new ListObjectsV2Command({ Bucket, Prefix: 'none/' }))
      }),

    put: (key, file) =>
      orExplained(settings, async () => {
        // In parts, if it is large: each can be sent again by itself, and takes memory only while it is sent.
        const params = { Bucket, Key: key, Body: createReadStream(file) }
        await new Upload({ client, params, partSize: PART_BYTES, queueSize: PARTS_AT_ONCE }).done()
        await rm(file, { force: true })
      }),

    async size(key) {
      const head = await orNull(() => client.send(new HeadObjectCommand({ Bucket, Key: key })))
      if (head) return head.ContentLength ?? 0
      // A HEAD does not tell a missing key from a missing bucket, which would be taken for pictures that are gone.
      const found = await orNull(() => get(key))
      if (!found) return null
      ;(found.Body as Readable).destroy()
      return found.ContentLength ?? 0
    },

    async read(key, range?: ByteRange) {
      const found = await orNull(() => get(key, range && `${range.start}-${range.end}`))
      if (!found) return null
      return Readable.from(wholeOf(key, found.Body as Readable, range?.start ?? 0, range?.end), {
        objectMode: false,
      })
    },

    remove: (folder) =>
      orExplained(settings, async () => {
        // One by one: for removing many at once, services ask for different checksums, and there are few.
        for await (const Key of keysIn(folder)) await client.send(new DeleteObjectCommand({ Bucket, Key }))
      }),

    folders: () => explaining(settings, folders()),
  }
}

/** The least that a part may have that is not the last. */
const PART_BYTES = 5 * 1024 * 1024
const PARTS_AT_ONCE = 2

async function* explaining<Value>(
  settings: S3Settings,
  values: AsyncGenerator<Value>,
): AsyncGenerator<Value> {
  for (;;) {
    const next = await orExplained(settings, () => values.next())
    if (next.done) return
    yield next.value
  }
}
