import { mkdtempSync } from 'node:fs'
import path from 'node:path'
import sharp from 'sharp'
import { s3Storage } from '@/lib/providers/storage/s3'
import type { UploadView } from '@/lib/schemas/uploads'
import { type Bucket, startBucket } from '../fixtures/bucket'
import { runCommand } from '../fixtures/command'
import { HOME, SPARE_PORT } from '../fixtures/env'
import { startFaultyProxy } from '../fixtures/faulty-proxy'
import { noise, picture, sendFile, upload } from '../fixtures/pictures'
import { expectProblem } from '../fixtures/problem'
import { test as base, expect } from '../fixtures/resilience'
import { foldersIn, letAnHourPass, orphansIn, spooledIn, uploadsIn } from '../fixtures/stored-files'
import { createStranger } from '../fixtures/stranger'
import { apiWith } from '../fixtures/test'

const port = SPARE_PORT + 96

const test = base.extend<{ bucket: Bucket; dataDir: string }>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright wants to see which fixtures this one uses
  bucket: async ({}, use) => {
    const bucket = await startBucket()
    await use(bucket)
    await bucket.close()
  },
  // biome-ignore lint/correctness/noEmptyPattern: Playwright wants to see which fixtures this one uses
  dataDir: async ({}, use) => use(mkdtempSync(path.join(HOME, 'bucket-product-'))),
})

test('pictures lie in a bucket, whole, in part, narrower and large, and go from there', async ({
  bucket,
  dataDir,
  startProduct,
}) => {
  const product = await startProduct(port, { DATA_DIR: dataDir, ...bucket.env, SWEEP_INTERVAL_MS: '300' })
  const { api } = await createStranger(dataDir, product.url)
  const get = (url: string, headers = {}) => fetch(`${product.url}${url}`, { headers })
  // More than one part of a multipart upload, and less than UPLOAD_MAX_BYTES.
  const large = await noise(1_700, 1_300).png().toBuffer()
  expect(large.length).toBeGreaterThan(5 * 1024 * 1024)
  const made = await upload(api, large, { filename: 'Large.png' })
  expect(bucket.asked.filter((one) => one.includes('partNumber=')).length).toBeGreaterThan(1)

  const whole = Buffer.from(await (await get(made.url)).arrayBuffer())
  expect(whole.length).toBe(made.bytes)
  const part = await get(made.url, { Range: 'bytes=1000-1999' })
  expect(part.status).toBe(206)
  expect(whole.subarray(1_000, 2_000).equals(Buffer.from(await part.arrayBuffer()))).toBe(true)
  const narrow = Buffer.from(await (await get(`${made.url}?w=320`)).arrayBuffer())
  expect(await sharp(narrow).metadata()).toMatchObject({ width: 320, format: 'png' })
  // A connection to the bucket that breaks in the middle is not to be seen.
  bucket.fail('cut answer', 1, (asked) => asked.startsWith(`GET /pictures/${made.id}`))
  expect(whole.equals(Buffer.from(await (await get(made.url)).arrayBuffer()))).toBe(true)
  expect(foldersIn(dataDir)).toEqual([])

  bucket.fail({ status: 503, code: 'SlowDown' }, Number.POSITIVE_INFINITY)
  for (const answer of [await sendFile(api, await picture()), await get(made.url)]) {
    expect(answer.headers.get('retry-after')).toBeTruthy()
    expect(await expectProblem(answer, 'unavailable')).toMatchObject({
      detail: 'The storage can’t be reached just now. Please try again.',
    })
  }
  // Everything but the pictures goes on, so no instance is taken out of service for it.
  expect((await get('/api/health?ready=1')).status).toBe(200)
  expect(spooledIn(dataDir)).toEqual([])
  bucket.fail('silence', 0)
  expect(await uploadsIn(dataDir)).toEqual([made.id])
  await letAnHourPass(dataDir)
  await expect(async () => expect(await orphansIn(dataDir)).toEqual([])).toPass()

  expect((await api(`/api/uploads/${made.id}`, { method: 'DELETE' })).status).toBe(204)
  await expect(async () => expect(await orphansIn(dataDir)).toEqual([])).toPass()
  expect((await get(made.url)).status).toBe(404)
  const deleted = bucket.asked.filter((one) => one.startsWith(`DELETE /pictures/${made.id}/`))
  // By whoever deletes it, and by a sweep that comes in between, which finds nothing more to do.
  expect([...new Set(deleted.map((one) => one.replace(/\?.*/, '')))].sort()).toEqual([
    `DELETE /pictures/${made.id}/original`,
    `DELETE /pictures/${made.id}/w320`,
  ])
})

test('a bucket that is not there stops the start, and one that is away does not', async ({
  bucket,
  dataDir,
  spawnProduct,
  startProduct,
}) => {
  const wrong = spawnProduct(port, { DATA_DIR: dataDir, ...bucket.env, S3_BUCKET: 'pictvres' })
  expect(await wrong.exited).toBe(1)
  expect(wrong.output()).toContain(
    `Inkwell can't start. The environment is not right:\nS3_BUCKET: there is no bucket “pictvres” at ${bucket.settings.endpoint}; create it first\n`,
  )
  const away = await startFaultyProxy(0)
  await away.close()
  const env = { DATA_DIR: dataDir, ...bucket.env, S3_ENDPOINT: `http://127.0.0.1:${away.port}` }
  const product = await startProduct(port, env)
  expect(product.output()).toContain('the storage of pictures can’t be reached')
  const { api } = await createStranger(dataDir, product.url)
  await expectProblem(await sendFile(api, await picture()), 'unavailable')
})

test('moving to a bucket and back loses no picture, killed half-way as it is', async ({
  bucket,
  dataDir,
  startProduct,
}) => {
  test.slow()
  const move = (...args: string[]) =>
    runCommand('scripts/move-uploads.ts', args, { DATA_DIR: dataDir, ...bucket.env })
  const inBucket = async () => (await Array.fromAsync(s3Storage(bucket.settings).folders())).sort()
  const servedBy = async (url: string, uploads: UploadView[]) => {
    for (const { url: path, bytes } of uploads) {
      const served = await (await fetch(`${url}${path}`)).arrayBuffer()
      expect(served.byteLength, path).toBe(bytes)
    }
  }
  const before = await startProduct(port, { DATA_DIR: dataDir })
  const { key, api } = await createStranger(dataDir, before.url)
  const uploads: UploadView[] = []
  for (let n = 0; n < 12; n++) uploads.push(await upload(api, await picture('jpeg', 200 + n, 80)))
  const ids = uploads.map(({ id }) => id).sort()
  expect((await fetch(`${before.url}${uploads[0]?.url}?w=160`)).status).toBe(200)
  before.kill('SIGTERM')
  await before.exited

  // From the sixth file on, the bucket does not answer any more.
  const files = () => new Set(bucket.asked.filter((one) => one.startsWith('PUT'))).size
  bucket.fail('silence', Number.POSITIVE_INFINITY, (asked) => asked.startsWith('PUT') && files() > 5)
  const killed = move('--to', 's3', '--remove-source')
  await expect(() => {
    expect(files()).toBeGreaterThan(5)
    expect(foldersIn(dataDir).length).toBeLessThan(12)
  }).toPass({ intervals: [50], timeout: 60_000 })
  killed.kill('SIGKILL')
  await killed.ended
  bucket.fail('silence', 0)
  expect(foldersIn(dataDir)).not.toEqual([])
  expect([...new Set([...foldersIn(dataDir), ...(await inBucket())])].sort()).toEqual(ids)

  const again = await move('--to', 's3', '--remove-source').ended
  expect(again.said).toMatch(/^Copied and verified: [1-9]\d* \(.+\)\. There already: [1-9]/m)
  expect(again.code).toBe(0)
  expect(foldersIn(dataDir)).toEqual([])
  expect(await inBucket()).toEqual(ids)

  const between = await startProduct(port, { DATA_DIR: dataDir, ...bucket.env })
  const later = await upload(apiWith(key, between.url), await picture())
  await servedBy(between.url, [...uploads, later])
  expect((await fetch(`${between.url}${uploads[0]?.url}?w=160`)).status).toBe(200)

  const [lost = '', ...others] = ids
  bucket.fail({ status: 404, code: 'NoSuchKey' }, Number.POSITIVE_INFINITY, (asked) =>
    asked.startsWith(`GET /pictures/${lost}/`),
  )
  const back = await move('--to', 'disk').ended
  expect(back).toMatchObject({ code: 1, said: expect.stringContaining(`${lost}: there is no whole file`) })
  expect(foldersIn(dataDir)).toEqual([...others, later.id].sort())
  bucket.fail('silence', 0)
  const whole = await move('--to', 'disk').ended
  expect(whole.said).toContain('Copied and verified: 1 ')
  expect(whole).toMatchObject({
    code: 0,
    said: expect.stringContaining('Nothing was removed from the source.'),
  })
  expect(await inBucket()).toEqual([...ids, later.id].sort())
  between.kill('SIGTERM')
  await between.exited

  const after = await startProduct(port, { DATA_DIR: dataDir })
  await servedBy(after.url, [...uploads, later])
  expect((await move('--to', 'disk', '--remove-source').ended).said).toContain(
    'Removed from the source: 13. Still there: 0.',
  )
  expect(await inBucket()).toEqual([])
  await servedBy(after.url, [...uploads, later])
})
