import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import type { UploadView } from '@/lib/schemas/uploads'
import { HOME, SPARE_PORT } from '../fixtures/env'
import { FILE, MULTIPART } from '../fixtures/multipart'
import { animation, noise, photo, picture, plain, sendFile, upload } from '../fixtures/pictures'
import { expectProblem } from '../fixtures/problem'
import { ask, postmasterPid, untilDead, whileStopped } from '../fixtures/product'
import { expect, test } from '../fixtures/resilience'
import {
  foldersIn,
  leaveHalfAnUpload,
  leaveUndeletable,
  letAnHourPass,
  orphansIn,
  spooledIn,
  uploadsIn,
} from '../fixtures/stored-files'
import { createStranger } from '../fixtures/stranger'

const port = SPARE_PORT + 54
const often = { SWEEP_INTERVAL_MS: '300' }

test('kill -9 during uploads loses no picture that was acknowledged, and leaves no row without its file', async ({
  startProduct,
}) => {
  test.slow()
  const dataDir = mkdtempSync(path.join(HOME, 'upload-kill-'))
  const before = await startProduct(port, { DATA_DIR: dataDir })
  const { api } = await createStranger(dataDir, before.url)
  const content = await noise(700, 500).jpeg().toBuffer()
  const acknowledged: UploadView[] = []
  const uploading = Promise.all(
    [1, 2, 3, 4].map(async () => {
      for (;;) acknowledged.push(await upload(api, content))
    }),
  ).catch(() => {})
  await expect(async () => {
    expect(acknowledged.length).toBeGreaterThan(12)
    // In the middle of at least one.
    expect(await orphansIn(dataDir)).not.toEqual([])
  }).toPass({ timeout: 60_000, intervals: [5] })
  const postmaster = await postmasterPid(dataDir)
  before.kill('SIGKILL')
  process.kill(postmaster, 'SIGKILL')
  await Promise.all([before.exited, untilDead(postmaster), uploading])

  const after = await startProduct(port, { DATA_DIR: dataDir })
  expect(await uploadsIn(dataDir)).toEqual(expect.arrayContaining(acknowledged.map(({ id }) => id)))
  const list = (await (await api('/api/uploads?limit=100')).json()) as { uploads: UploadView[] }
  expect(list.uploads.map(({ id }) => id).sort()).toEqual(await uploadsIn(dataDir))
  for (const { url, bytes } of list.uploads) {
    const served = await (await fetch(`${after.url}${url}`)).arrayBuffer()
    expect(served.byteLength, url).toBe(bytes)
  }
})

test('what a killed process has left over is swept after an hour, and nothing that is referenced', async ({
  startProduct,
}) => {
  const dataDir = mkdtempSync(path.join(HOME, 'upload-sweep-'))
  const product = await startProduct(port, { DATA_DIR: dataDir, ...often })
  const { api } = await createStranger(dataDir, product.url)
  const kept = await upload(api, await picture('jpeg', 400, 300))
  expect((await fetch(`${product.url}${kept.url}?w=160`)).status).toBe(200)
  const half = await leaveHalfAnUpload(dataDir)
  const later = await upload(api, await picture())
  // As young as it is, it might still be somebody's: the sweeps that come by leave it.
  await ask(dataDir, `UPDATE orphan_files SET since = since - interval '50 minutes'`)
  const condemned = await leaveHalfAnUpload(dataDir)
  await ask(dataDir, 'UPDATE orphan_files SET condemned = true WHERE upload_id = $1', [condemned])
  await expect(() => expect(foldersIn(dataDir)).not.toContain(condemned)).toPass()
  expect(foldersIn(dataDir)).toEqual([half, kept.id, later.id].sort())

  const stuck = await leaveUndeletable(dataDir)
  await leaveHalfAnUpload(dataDir)
  await letAnHourPass(dataDir)
  await expect(async () => {
    expect(await orphansIn(dataDir)).toEqual([{ id: stuck.id }])
    expect(foldersIn(dataDir)).toEqual([kept.id, later.id].sort())
  }).toPass()
  stuck.free()
  await expect(async () => expect(await orphansIn(dataDir)).toEqual([])).toPass()
  for (const address of [kept.url, `${kept.url}?w=160`, later.url])
    expect((await fetch(`${product.url}${address}`)).status, address).toBe(200)
})

/** What may become of the note that a folder is about to be filled, and what the upload is answered with then. */
const notes = [
  { is: 'condemned, as it is after an hour', sql: 'NEW.condemned := true; RETURN NEW;', status: 503 },
  { is: 'forgotten, as it is by the sweep after that', sql: 'RETURN NULL;', status: 503 },
  { is: 'not to be written', sql: `RAISE EXCEPTION 'disk full';`, status: 500 },
]

for (const { is, sql, status } of notes) {
  test(`an upload whose note is ${is}, is not made, and leaves nothing`, async ({ startProduct }) => {
    const dataDir = mkdtempSync(path.join(HOME, 'upload-note-'))
    const product = await startProduct(port, { DATA_DIR: dataDir, ...often })
    const { api } = await createStranger(dataDir, product.url)
    await ask(
      dataDir,
      `CREATE FUNCTION meddle() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN ${sql} END $$;
       CREATE TRIGGER meddle BEFORE INSERT ON orphan_files FOR EACH ROW WHEN (NOT NEW.condemned) EXECUTE FUNCTION meddle()`,
    )
    expect((await sendFile(api, await picture())).status).toBe(status)
    expect(await uploadsIn(dataDir)).toEqual([])
    await expect(async () => {
      expect(await orphansIn(dataDir)).toEqual([])
      expect(foldersIn(dataDir)).toEqual([])
    }).toPass()
  })
}

test('while the database is away no picture is half-stored', async ({ startProduct }) => {
  const dataDir = mkdtempSync(path.join(HOME, 'upload-away-'))
  const product = await startProduct(port, { DATA_DIR: dataDir, ...often })
  const { api } = await createStranger(dataDir, product.url)
  const content = await picture('jpeg')
  const kept = await upload(api, content)
  const postmaster = await postmasterPid(dataDir)
  const answers = await whileStopped([postmaster], () =>
    Promise.all([1, 2, 3].map(() => sendFile(api, content))),
  )
  const made: string[] = []
  for (const answer of answers) {
    expect([201, 503]).toContain(answer.status)
    if (answer.status === 201) made.push(((await answer.json()) as UploadView).id)
    else expect(answer.headers.get('retry-after')).toBeTruthy()
  }
  await expect(async () => {
    await letAnHourPass(dataDir)
    expect(await orphansIn(dataDir)).toEqual([])
  }).toPass()
  const ids = [kept.id, ...made].sort()
  expect(await uploadsIn(dataDir)).toEqual(ids)
  expect(foldersIn(dataDir)).toEqual(ids)
})

test('while the storage can’t be written, uploads are told so and leave nothing', async ({
  startProduct,
}) => {
  const dataDir = mkdtempSync(path.join(HOME, 'upload-storage-'))
  const product = await startProduct(port, { DATA_DIR: dataDir })
  const { api } = await createStranger(dataDir, product.url)
  // A file where the directory should be: root, too, can't write into that.
  rmSync(path.join(dataDir, 'uploads'), { recursive: true, force: true })
  writeFileSync(path.join(dataDir, 'uploads'), '')
  const answer = await sendFile(api, await picture())
  await expectProblem(answer, 'unavailable')
  expect(answer.headers.get('retry-after')).toBeTruthy()
  expect(await uploadsIn(dataDir)).toEqual([])
  expect(spooledIn(dataDir)).toEqual([])
  expect((await api('/api/uploads')).status).toBe(200)
})

test('refused pictures leave nothing on disk', async ({ startProduct }) => {
  const dataDir = mkdtempSync(path.join(HOME, 'upload-refused-'))
  const product = await startProduct(port, { DATA_DIR: dataDir })
  const { api } = await createStranger(dataDir, product.url)
  const whole = await photo('jpeg')
  const refused = [
    Buffer.alloc(0),
    Buffer.from('<svg/>'),
    Buffer.alloc(10_485_761),
    whole.subarray(0, whole.length - 9),
    (await animation('gif')).subarray(0, -30),
    await plain(8_000, 7_000).png({ palette: true }).toBuffer(),
  ]
  for (const content of refused) expect((await sendFile(api, content)).status).toBeGreaterThan(400)
  await breakOff(api, dataDir)
  await expect(() => expect(spooledIn(dataDir)).toEqual([])).toPass()
  expect(foldersIn(dataDir)).toEqual([])
  expect(await orphansIn(dataDir)).toEqual([])
})

test('one picture that comes eight times with one key is on disk once', async ({ startProduct }) => {
  const dataDir = mkdtempSync(path.join(HOME, 'upload-once-'))
  const product = await startProduct(port, { DATA_DIR: dataDir })
  const { api } = await createStranger(dataDir, product.url)
  const content = await photo('jpeg')
  const headers = { 'Idempotency-Key': 'once' }
  const made = await Promise.all(Array.from({ length: 8 }, () => upload(api, content, { headers })))
  expect(new Set(made.map(({ id }) => id)).size).toBe(1)
  expect(foldersIn(dataDir)).toEqual([made[0]?.id])
  expect(spooledIn(dataDir)).toEqual([])
  expect(await orphansIn(dataDir)).toEqual([])
})

test('of eight pictures that come with one key, one is kept, and nothing of the others', async ({
  startProduct,
}) => {
  const dataDir = mkdtempSync(path.join(HOME, 'upload-one-of-'))
  const product = await startProduct(port, { DATA_DIR: dataDir })
  const { api } = await createStranger(dataDir, product.url)
  const contents = await Promise.all(Array.from({ length: 8 }, () => picture('jpeg')))
  const headers = { 'Idempotency-Key': 'one' }
  const answers = await Promise.all(contents.map((content) => sendFile(api, content, { headers })))
  expect(answers.map(({ status }) => status).sort()).toEqual([201, ...Array(7).fill(422)])
  expect(foldersIn(dataDir)).toEqual(await uploadsIn(dataDir))
  expect(foldersIn(dataDir)).toHaveLength(1)
  expect(spooledIn(dataDir)).toEqual([])
  expect(await orphansIn(dataDir)).toEqual([])
})

test('however an upload is deleted, its files go with it', async ({ startProduct }) => {
  const dataDir = mkdtempSync(path.join(HOME, 'upload-gone-'))
  const product = await startProduct(port, { DATA_DIR: dataDir, ...often })
  const [ada, bob] = [await createStranger(dataDir, product.url), await createStranger(dataDir, product.url)]
  const [hers, his] = [await upload(ada.api, await picture()), await upload(bob.api, await picture())]
  expect(foldersIn(dataDir)).toEqual([hers.id, his.id].sort())
  await ask(dataDir, 'DELETE FROM uploads WHERE owner_id = $1', [ada.userId])
  await expect(() => expect(foldersIn(dataDir)).toEqual([his.id])).toPass()
  expect((await fetch(`${product.url}${his.url}`)).status).toBe(200)
})

/** Sends a file that goes on for ever, until it is seen to be written to disk, and goes away. */
async function breakOff(api: Parameters<typeof upload>[0], dataDir: string): Promise<void> {
  const gone = new AbortController()
  const pieces = [FILE]
  const body = new ReadableStream<Uint8Array>({
    pull(controller) {
      if (spooledIn(dataDir).length > 0) gone.abort()
      else controller.enqueue(new TextEncoder().encode(pieces.pop() ?? 'x'.repeat(1_000)))
    },
  })
  const init = { method: 'POST', headers: MULTIPART, body, duplex: 'half', signal: gone.signal }
  await expect(api('/api/uploads', init)).rejects.toThrow(/abort/)
}
