import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import openapiTS, { astToString } from 'openapi-typescript'
import { PRODUCT, SPARE_PORT } from '../fixtures/env'
import { createKeyFor } from '../fixtures/factories'
import { doMainJob, doPictureJob } from '../fixtures/main-job'
import { expect, test } from '../fixtures/test'

test('the client in use is the one that the served document makes', async ({ api }) => {
  const served = await (await api('/api/openapi.json')).text()
  expect(astToString(await openapiTS(served))).toBe(readFileSync('lib/generated/api.d.ts', 'utf8'))
})

test('a generated client does the main job', async ({ writer }) => {
  await doMainJob(PRODUCT.url, await createKeyFor(writer))
})

test('a generated client uploads a picture and shows it', async ({ writer }) => {
  await doPictureJob(PRODUCT.url, await createKeyFor(writer))
})

// Without pictures: Prism reads bodies as text, which no picture survives.
test.describe('behind Prism, which lets nothing through that the document does not describe', () => {
  // In one worker, with one Prism.
  test.describe.configure({ mode: 'default' })
  let url: string
  let prism: ChildProcess

  // It answers violations itself: of a request with 422, of an answer with 500.
  test.beforeAll(async ({ browserName: _ }, info) => {
    const port = String(SPARE_PORT + 80 + info.parallelIndex)
    url = `http://127.0.0.1:${port}`
    const file = info.outputPath('openapi.json')
    await writeFile(file, await (await fetch(`${PRODUCT.url}/api/openapi.json`)).text())
    const args = ['proxy', file, PRODUCT.url, '--errors', '--host', '127.0.0.1', '--port', port]
    prism = spawn('node', ['node_modules/@stoplight/prism-cli/dist/index.js', ...args], {
      env: { ...process.env, NODE_OPTIONS: '' },
      stdio: 'ignore',
    })
    await expect(async () => expect((await fetch(`${url}/api/health`)).status).toBe(200)).toPass()
  })

  test.afterAll(async () => {
    prism.kill()
    if (prism.exitCode === null && prism.signalCode === null) await once(prism, 'exit')
  })

  test('the main job has no violation', async ({ writer }) => {
    await doMainJob(url, await createKeyFor(writer))
  })

  test('nor has a stream, a page of CSV, or a visitor', async ({ writer }) => {
    const Authorization = `Bearer ${await createKeyFor(writer)}`
    const stream = await fetch(`${url}/api/generate`, {
      method: 'POST',
      headers: { Authorization, 'Content-Type': 'application/json', Accept: 'text/event-stream' },
      body: JSON.stringify({ prompt: 'A keeper' }),
    })
    expect(stream.status).toBe(200)
    expect(await stream.text()).toContain('event: done')
    const csv = await fetch(`${url}/api/usage/ledger`, { headers: { Authorization, Accept: 'text/csv' } })
    expect(await csv.text()).toContain('id,createdAt,kind')
    expect((await fetch(`${url}/api/posts?limit=1`)).status).toBe(200)
  })

  test('a violation would be seen', async ({ writer }) => {
    const headers = {
      Authorization: `Bearer ${await createKeyFor(writer)}`,
      'Content-Type': 'application/json',
    }
    const body = JSON.stringify({ title: 7 })
    const answer = await fetch(`${url}/api/posts`, { method: 'POST', headers, body })
    expect(await answer.json()).toMatchObject({ type: expect.stringContaining('stoplight.io/prism') })
  })
})
