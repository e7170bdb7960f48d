import { existsSync, mkdtempSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { buffer, text } from 'node:stream/consumers'
import { test as base, expect } from '@playwright/test'
import { type Bucket, startBucket } from '@/e2e/fixtures/bucket'
import { HOME } from '@/e2e/fixtures/env'
import { type Fault, startFaultyProxy } from '@/e2e/fixtures/faulty-proxy'
import { EnvError, type S3Settings } from '@/lib/env'
import { newId } from '@/lib/ids'
import type { Storage } from '@/lib/providers/storage'
import { s3Storage } from '@/lib/providers/storage/s3'

const test = base.extend<{ bucket: Bucket }>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright wants to see which fixtures this one uses
  bucket: async ({}, use) => {
    const bucket = await startBucket()
    await use(bucket)
    await bucket.close()
  },
})

/** Some tests wait for the silence to have lasted too long; the answers of the others take less on any machine. */
const storageIn = ({ settings }: Bucket, other: Partial<S3Settings> = {}, idle = 10_000) =>
  s3Storage({ ...settings, ...other }, { connect: 10_000, idle })

function file(content: string | Buffer): string {
  const name = path.join(mkdtempSync(path.join(HOME, 's3-')), newId())
  writeFileSync(name, content)
  return name
}

const unavailable = { code: 'unavailable', retryAfter: expect.any(Number) }
const thrownBy = (work: Promise<unknown>) => work.catch((error: unknown) => error)

test('takes files over, and reads them whole and in part', async ({ bucket }) => {
  const storage = storageIn(bucket)
  await storage.check()
  const [key, sent] = [`${newId()}/original`, file('0123456789')]
  await storage.put(key, sent)
  expect(existsSync(sent)).toBe(false)
  expect(await storage.size(key)).toBe(10)
  const read = async (range?: { start: number; end: number }) => {
    const content = await storage.read(key, range)
    return content && text(content)
  }
  expect(await read()).toBe('0123456789')
  expect(await read({ start: 2, end: 4 })).toBe('234')
  expect(bucket.asked.filter((one) => one.startsWith('PUT'))).toEqual([
    expect.stringMatching(`^PUT /pictures/${key}\\b`),
  ])
})

test('a large file goes in parts, and is the same again', async ({ bucket }) => {
  const storage = storageIn(bucket)
  const content = Buffer.alloc(12_000_000, 'picture ')
  content.write('its end', content.length - 7)
  const key = `${newId()}/original`
  // A part that fails is sent again, and not the others.
  bucket.fail({ status: 503, code: 'SlowDown' }, 1, (asked) => asked.includes('partNumber=2'))
  await storage.put(key, file(content))
  expect(bucket.asked.filter((one) => one.includes('partNumber=2'))).toHaveLength(2)
  expect(bucket.asked.filter((one) => /partNumber=[13]/.test(one))).toHaveLength(2)
  expect(await storage.size(key)).toBe(content.length)
  const read = await storage.read(key)
  expect(read && content.equals(await buffer(read))).toBe(true)
})

test('what is not there is null, and removing it is fine', async ({ bucket }) => {
  const storage = storageIn(bucket)
  expect(await storage.size(`${newId()}/original`)).toBeNull()
  expect(await storage.read(`${newId()}/original`)).toBeNull()
  await storage.remove(newId())
})

test('removes a folder with all that is in it, and no other, and lists the rest', async ({ bucket }) => {
  const storage = storageIn(bucket)
  const [gone, kept] = [newId(), newId()]
  for (const key of [`${gone}/original`, `${gone}/w160`, `${kept}/original`])
    await storage.put(key, file('x'))
  expect((await Array.fromAsync(storage.folders())).sort()).toEqual([gone, kept].sort())
  await storage.remove(gone)
  expect(await storage.size(`${gone}/w160`)).toBeNull()
  expect(await storage.size(`${kept}/original`)).toBe(1)
  expect(await Array.fromAsync(storage.folders())).toEqual([kept])
})

/** What passes if it is tried again, and what of it is told if it goes on. */
const faults: Fault[] = [
  { status: 500, code: 'InternalError' },
  { status: 503, code: 'SlowDown' },
  'cut request',
  'silence',
]

for (const fault of faults) {
  const name = typeof fault === 'string' ? fault : fault.code
  test(`a put that meets “${name}” is tried again, and in the end unavailable`, async ({ bucket }) => {
    const storage = storageIn(bucket, {}, fault === 'silence' ? 700 : undefined)
    const key = `${newId()}/original`
    const isPut = (asked: string) => asked.startsWith('PUT')
    bucket.fail(fault, 1, isPut)
    await storage.put(key, file('whole'))
    expect(bucket.asked.filter(isPut).length).toBeGreaterThan(1)
    expect(await storage.size(key)).toBe(5)

    bucket.fail(fault, 99, isPut)
    const [other, sent] = [`${newId()}/original`, file('never')]
    expect(await thrownBy(storage.put(other, sent))).toMatchObject(unavailable)
    expect(existsSync(sent)).toBe(true)
    expect(await storage.size(other)).toBeNull()
  })
}

test('a large file that breaks off is not there, nor are its parts', async ({ bucket }) => {
  const storage = storageIn(bucket)
  const key = `${newId()}/original`
  bucket.fail('cut request', 99, (asked) => asked.includes('partNumber=3'))
  expect(await thrownBy(storage.put(key, file(Buffer.alloc(12_000_000))))).toMatchObject(unavailable)
  expect(await storage.size(key)).toBeNull()
  expect(bucket.asked.filter((one) => /^DELETE .*uploadId=/.test(one))).not.toEqual([])
})

for (const fault of ['cut answer', 'half an answer'] as const) {
  test(`a read that meets “${fault}” goes on where it was, and in the end says so`, async ({ bucket }) => {
    const storage = storageIn(bucket, {}, fault === 'half an answer' ? 700 : undefined)
    const content = Buffer.from(Array.from({ length: 100_000 }, (_, at) => `${at} `).join(''))
    const key = `${newId()}/original`
    await storage.put(key, file(content))
    const isRead = (asked: string) => asked.startsWith('GET')
    bucket.fail(fault, 2, isRead)
    const read = await storage.read(key)
    expect(read && content.equals(await buffer(read))).toBe(true)
    bucket.fail(fault, 2, isRead)
    const part = await storage.read(key, { start: 1_000, end: 200_000 })
    expect(part && content.subarray(1_000, 200_001).equals(await buffer(part))).toBe(true)

    bucket.fail(fault, 99, isRead)
    const broken = await storage.read(key)
    expect(await thrownBy(broken ? buffer(broken) : Promise.resolve())).toMatchObject(unavailable)
  })
}

const wrong: { is: string; settings?: Partial<S3Settings>; answer?: string; words: RegExp }[] = [
  {
    is: 'another bucket',
    settings: { bucket: 'nothing' },
    words: /^S3_BUCKET: there is no bucket “nothing” at/,
  },
  { is: 'another key', settings: { accessKeyId: 'nobody' }, words: /^S3_ACCESS_KEY_ID: / },
  // The server of these tests checks neither secrets nor regions, and has no rules who may do what.
  { is: 'another secret', answer: 'SignatureDoesNotMatch', words: /^S3_SECRET_ACCESS_KEY: / },
  { is: 'a key that may not', answer: 'AccessDenied', words: /^S3_ACCESS_KEY_ID: .+ may not .+ “pictures”/ },
  { is: 'another region', answer: 'AuthorizationHeaderMalformed', words: /^S3_REGION: .+ eu-north-1/ },
]

for (const { is, settings, answer, words } of wrong) {
  test(`${is} is named to the operator, and nothing is taken for missing`, async ({ bucket }) => {
    const key = `${newId()}/original`
    await storageIn(bucket).put(key, file('x'))
    if (answer) bucket.fail({ status: 403, code: answer }, 99)
    for (const call of callsOf(storageIn(bucket, settings), key)) {
      const error = await thrownBy(call())
      expect(error, String(call)).toMatchObject({
        ...unavailable,
        message: expect.not.stringContaining('S3'),
      })
      const { cause } = error as Error & { cause: Error }
      // The answer to a HEAD has no room for a reason.
      if (cause.name !== 'Unknown') expect(cause, String(call)).toBeInstanceOf(EnvError)
    }
    const error = (await thrownBy(storageIn(bucket, settings).check())) as Error & { cause: Error }
    expect(error.cause.message).toMatch(words)
  })
}

test('a bucket that nobody answers for is unavailable, and no fault of the environment', async ({
  bucket,
}) => {
  const nobody = await startFaultyProxy(0)
  await nobody.close()
  const storage = storageIn(bucket, { endpoint: `http://127.0.0.1:${nobody.port}` })
  for (const call of callsOf(storage, `${newId()}/original`)) {
    const error = await thrownBy(call())
    expect(error, String(call)).toMatchObject(unavailable)
    expect((error as Error).cause, String(call)).not.toBeInstanceOf(EnvError)
  }
})

function callsOf(storage: Storage, key: string): (() => Promise<unknown>)[] {
  return [
    () => storage.check(),
    () => storage.put(key, file('y')),
    () => storage.size(key),
    () => storage.read(key),
    () => storage.remove(newId()),
    () => Array.fromAsync(storage.folders()),
  ]
}
