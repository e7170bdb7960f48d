import { mkdtempSync } from 'node:fs'
import path from 'node:path'
import type { Page } from '@playwright/test'
import { bodyLimits } from '@/lib/body-limits'
import { type CuttingProxy, startCuttingProxy } from '../fixtures/cutting-proxy'
import { BASIC, HOME, SPARE_PORT } from '../fixtures/env'
import {
  alertOn,
  expectTyped,
  type Form,
  fill,
  forms,
  NO_ROWS,
  openFilled,
  PICTURE,
  send,
} from '../fixtures/loss/forms'
import { answered, expect, signUp, test } from '../fixtures/pages'
import { picture } from '../fixtures/pictures'
import { ask, type Product, spawnProduct, untilReady } from '../fixtures/product'

/** What a form can meet of which every other test would feel, too: see `loss`. One product is for all of it, in this order. */
test.describe.configure({ mode: 'serial', timeout: 120_000 })

/** The limit of a form follows this; with that of a new install, the browser would need a minute to lay out the text. */
const FILE_MAX = 65_536

let server: { product: Product; proxy: CuttingProxy }

test.beforeAll(async () => {
  const { parallelIndex } = test.info()
  const database = `loss_${Date.now()}_${parallelIndex}`
  await ask(BASIC.dataDir, `CREATE DATABASE ${database}`)
  const proxy = await startCuttingProxy(BASIC.dataDir, 'nothing is cut', 0)
  const product = spawnProduct(SPARE_PORT + 75 + parallelIndex, {
    DATA_DIR: mkdtempSync(path.join(HOME, 'own-')),
    DATABASE_URL: `postgresql://inkwell@127.0.0.1:${proxy.port}/${database}`,
    UPLOAD_MAX_BYTES: String(FILE_MAX),
  })
  server = { product, proxy }
  await untilReady(product)
})

test.afterAll(async () => {
  server.product.kill('SIGTERM')
  await server.product.exited
  await server.proxy.close()
})

test('more than can be sent at once', async ({ page, javaScriptEnabled, expectedErrors }) => {
  expectedErrors.push(answered(413), 'ERR_CONNECTION')
  const { url } = server.product
  await signUp(page, { name: 'Olga', email: 'olga@example.com' }, url)
  const limit = bodyLimits(FILE_MAX).body
  const form = forms(NO_ROWS)['a new post'] as Form
  await page.goto(`${url}${form.path}`)
  await fill(page, form)
  const huge = 2 * limit
  await page.getByLabel('Content').evaluate((field: HTMLTextAreaElement, length) => {
    field.value = 'x'.repeat(length)
  }, huge)
  await send(page, form)
  // The answer may come before all was sent, and is lost then with the connection.
  const said = javaScriptEnabled ? /more than can be sent|could not be reached/ : /at most 1 MB/
  await expect(alertOn(page)).toContainText(said)
  await expect(page.getByLabel('Title')).toHaveValue('A title')
  const left = await page.getByLabel('Content').evaluate((field: HTMLTextAreaElement) => field.value.length)
  if (javaScriptEnabled) expect(left).toBe(huge)
  // Next.js hands over no more of it than this.
  else expect(left).toBeGreaterThan(limit)
})

test('a database that is away', async ({ page, context, expectedErrors }) => {
  expectedErrors.push('503', '500')
  const { url } = server.product
  await signUp(page, { name: 'Bea', email: 'bea@example.com' }, url)
  const rows = {
    postId: await makeBy(page, url, 'a new post'),
    projectId: await makeBy(page, url, 'a project'),
  }
  await page.goto(`${url}/dashboard/uploads`)
  const buffer = await picture('png')
  await page.getByLabel('File').setInputFiles({ name: PICTURE, mimeType: 'image/png', buffer })
  await page.getByRole('button', { name: 'Upload', exact: true }).click()
  await expect(page.getByText('is uploaded')).toBeVisible()
  const all = Object.values(forms(rows)).filter(({ isPublic }) => !isPublic)
  const pages = await Promise.all(all.map((form) => openFilled(context, form, url)))
  await server.proxy.close()
  for (const [nth, form] of all.entries()) {
    const its = pages[nth] as Page
    await send(its, form)
    await expect(alertOn(its)).toContainText(/database|try again/i)
    await expectTyped(its, form)
  }
})

/** Sends a form that makes something, and opens that. @returns its id. */
async function makeBy(page: Page, url: string, name: 'a new post' | 'a project'): Promise<string> {
  const form = forms(NO_ROWS)[name] as Form
  await page.goto(`${url}${form.path}`)
  await fill(page, form)
  await send(page, form)
  if (name === 'a project') await page.getByRole('link', { name: 'The lighthouse' }).click()
  await page.waitForURL(/\/[\w-]{36}$/)
  return page.url().slice(-36)
}
