import { mkdtempSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { crc32 } from 'node:zlib'
import { HOME, SPARE_PORT } from '../fixtures/env'
import { noise, sendFile, upload } from '../fixtures/pictures'
import { expectProblem } from '../fixtures/problem'
import { expect, test } from '../fixtures/resilience'
import { uploadsIn } from '../fixtures/stored-files'
import { createStranger } from '../fixtures/stranger'

const port = SPARE_PORT + 62
const patient = { timeout: 30_000 }

/** Below and above what Next.js takes of an action, and of a body behind a proxy, where it is not told otherwise. */
const limits = [
  // The last one is over the limit of the whole form, too, and over what the proxy keeps of it.
  { max: 600_000, refused: [1, 2_000_000] },
  { max: 11_000_000, refused: [2_000_000] },
]

for (const { max, refused } of limits) {
  test(`with UPLOAD_MAX_BYTES=${max} every door takes as much, and no more`, async ({
    page,
    browser,
    startProduct,
  }) => {
    test.slow()
    const dataDir = mkdtempSync(path.join(HOME, 'upload-limit-'))
    const product = await startProduct(port, { DATA_DIR: dataDir, UPLOAD_MAX_BYTES: String(max) })
    const largest = await pictureOf(max)
    const sendings = [
      { content: largest, taken: true },
      ...refused.map((more) => ({ content: Buffer.concat([largest, Buffer.alloc(more)]), taken: false })),
    ]

    const { api, userId } = await createStranger(dataDir, product.url)
    for (const { content, taken } of sendings) {
      if (taken) expect(await upload(api, content)).toMatchObject({ width: 100, height: 80 })
      else await expectProblem(await sendFile(api, content), 'too_large')
    }

    await page.goto(`${product.url}/signup`)
    await page.getByLabel('Name').fill('Ada')
    await page.getByLabel('Email').fill(`${userId}@example.org`)
    await page.getByLabel('Password').fill('correct horse battery')
    await page.getByRole('button', { name: 'Sign up' }).click()
    await page.waitForURL(`${product.url}/dashboard`)
    const storageState = await page.context().storageState()
    const plain = await browser.newContext({ javaScriptEnabled: false, storageState })
    for (const each of [page, await plain.newPage()]) {
      for (const { content, taken } of sendings) {
        const file = path.join(dataDir, 'large.png')
        writeFileSync(file, content)
        await each.goto(`${product.url}/dashboard/uploads`)
        await each.getByLabel('File').setInputFiles(file)
        await each.getByRole('button', { name: 'Upload', exact: true }).click()
        if (taken) await expect(each.getByRole('status')).toContainText('is uploaded.', patient)
        else
          await expect(each.locator('form').getByRole('alert')).toContainText('This one is larger.', patient)
      }
    }
    await plain.close()
    expect(await uploadsIn(dataDir)).toHaveLength(3)
  })
}

test('a form that does not say its length is measured', async ({ startProduct }) => {
  const max = 600_000
  const dataDir = mkdtempSync(path.join(HOME, 'upload-measured-'))
  const product = await startProduct(port, { DATA_DIR: dataDir, UPLOAD_MAX_BYTES: String(max) })
  const send = (megabytes: number) => {
    const pieces = Array<Uint8Array>(megabytes).fill(new Uint8Array(1_000_000))
    return fetch(`${product.url}/login`, {
      method: 'POST',
      body: new ReadableStream({
        pull: (controller) => {
          const piece = pieces.pop()
          if (piece) controller.enqueue(piece)
          else controller.close()
        },
      }),
      headers: { Origin: product.url, 'Content-Type': 'multipart/form-data; boundary=b' },
      duplex: 'half',
    } as RequestInit)
  }
  for (const megabytes of [2, 20]) {
    const answer = await send(megabytes)
    expect(answer.status).toBe(413)
    expect(await answer.text()).toContain('This is more than can be sent at once')
  }
  expect((await send(1)).status).not.toBe(413)
})

/** A picture of exactly this many bytes: the rest is in a chunk that PNG lets anybody add. */
async function pictureOf(bytes: number): Promise<Buffer> {
  const png = await noise(100, 80).png().toBuffer()
  const end = png.length - 12
  const chunk = Buffer.alloc(bytes - png.length)
  chunk.writeUInt32BE(chunk.length - 12, 0)
  chunk.write('inKw', 4)
  chunk.writeUInt32BE(crc32(chunk.subarray(4, -4)), chunk.length - 4)
  return Buffer.concat([png.subarray(0, end), chunk, png.subarray(end)])
}
