import { mkdtempSync } from 'node:fs'
import path from 'node:path'
import { BASIC, HOME, MODEL, SPARE_PORT } from '../fixtures/env'
import { picture } from '../fixtures/pictures'
import { ask } from '../fixtures/product'
import { expect, test } from '../fixtures/resilience'
import { createStranger } from '../fixtures/stranger'
import { apiWith } from '../fixtures/test'
import { unzip } from '../fixtures/transfer/unzip'
import { zipOf } from '../fixtures/transfer/zip'

const ports = [SPARE_PORT + 60, SPARE_PORT + 61] as const
const DAY_MS = 86_400_000
/** Longer than a month and than a session, so that whatever goes by an instance's own clock shows. */
const WRONG_MS = 40 * DAY_MS
const preload = new URL('../../chaos/skewed-clock.ts', import.meta.url).href

test('instances whose clocks are weeks wrong agree on sessions, keys, limits and months', async ({
  startProduct,
  page,
}) => {
  test.slow()
  const database = `clock_${Date.now()}`
  await ask(BASIC.dataDir, `CREATE DATABASE ${database}`)
  const socket = encodeURIComponent(path.join(BASIC.dataDir, 'run'))
  const where = { dataDir: BASIC.dataDir, database }
  const one = async <Row extends object>(text: string) => (await ask<Row>(where, text))[0]
  const start = (port: number, wrongBy: number) =>
    startProduct(port, {
      DATABASE_URL: `postgresql://inkwell@localhost/${database}?host=${socket}`,
      DATA_DIR: mkdtempSync(path.join(HOME, 'clock-')),
      AI_BASE_URL: `${MODEL.url}/v1`,
      LOG_LEVEL: 'info',
      NODE_OPTIONS: `--import ${preload}`,
      CHAOS_CLOCK_MS: String(wrongBy),
    })

  const late = await start(ports[0], -WRONG_MS)
  await page.goto(`${late.url}/signup`)
  await page.getByLabel('Name').fill('Ada')
  await page.getByLabel('Email').fill('ada@example.com')
  await page.getByLabel('Password').fill('correct horse battery')
  await page.getByRole('button', { name: 'Sign up' }).click()
  await page.waitForURL(`${late.url}/dashboard`)
  await ask(where, `UPDATE tier_policies SET monthly_allowance = 5 WHERE tier = 'free'`)
  await ask(where, `UPDATE tool_policies SET daily_limit = 1 WHERE tool = 'titles' AND tier = 'free'`)
  // Before the other one starts, which gives the month's allowances then.
  const { key, api: lateApi } = await createStranger(where, late.url)
  const early = await start(ports[1], WRONG_MS)
  const earlyApi = apiWith(key, early.url)

  await test.step('their clocks are wrong', async () => {
    for (const [product, wrongBy] of [
      [late, -WRONG_MS],
      [early, WRONG_MS],
    ] as const) {
      await fetch(`${product.url}/api/posts`)
      await expect.poll(() => /"time":"([^"]+)"/.exec(product.output())?.[1]).toBeTruthy()
      const told = Date.parse(/"time":"([^"]+)"/.exec(product.output())?.[1] ?? '')
      expect(Math.abs(told - wrongBy - Date.now())).toBeLessThan(DAY_MS)
    }
  })

  await test.step('a session of one is good on the other, and lasts thirty days', async () => {
    // Cookies do not keep ports apart.
    await page.goto(`${early.url}/dashboard/settings`)
    await expect(page.getByRole('heading', { name: 'API keys' })).toBeVisible()
    const session = await one(
      `SELECT round(extract(epoch FROM expires_at - now()) / 86400)::int AS days FROM sessions`,
    )
    expect(session).toEqual({ days: 30 })
  })

  await test.step('a key made by one expires when it says', async () => {
    await page.getByLabel('Key name').fill('for a month')
    await page.getByLabel('usage:read').check()
    await page.getByLabel('Expiry').selectOption('30')
    await page.getByRole('button', { name: 'Create key' }).click()
    const made = await page.getByText(/ink_[\w-]{49}/).textContent()
    const ownKey = /ink_[\w-]{49}/.exec(made ?? '')?.[0] ?? ''
    for (const { url } of [late, early]) expect((await apiWith(ownKey, url)('/api/usage')).status).toBe(200)
    const row = await one(
      `SELECT round(extract(epoch FROM expires_at - now()) / 86400)::int AS days FROM api_keys WHERE name = 'for a month'`,
    )
    expect(row).toEqual({ days: 30 })
  })

  await test.step('calls to both count into one window', async () => {
    for (const [api, left] of [
      [lateApi, 5_999],
      [earlyApi, 5_998],
      [lateApi, 5_997],
    ] as const) {
      const limit = (await api('/api/usage')).headers.get('ratelimit') ?? ''
      expect(limit).toMatch(new RegExp(`^"api";r=${left};t=([1-9]|[1-5]\\d|60)$`))
    }
  })

  await test.step('both say when the day ends', async () => {
    const json = { tool: 'titles', text: 'A lighthouse.' }
    expect((await earlyApi('/api/generate', { method: 'POST', json })).status).toBe(200)
    for (const api of [lateApi, earlyApi]) {
      const answer = await api('/api/generate', { method: 'POST', json })
      expect(answer.status).toBe(429)
      const { resetsAt } = await answer.json()
      const reset = Date.now() + Number(answer.headers.get('retry-after')) * 1000
      expect(Math.abs(Date.parse(resetsAt) - reset)).toBeLessThan(60_000)
    }
  })

  await test.step('a post is published when its time has come, by no clock of theirs', async () => {
    const post = async (title: string, publishAt: string) => {
      const answer = await lateApi('/api/posts', { method: 'POST', json: { title, content: '' } })
      const { id } = await answer.json()
      await ask(where, `UPDATE posts SET publish_at = now() + interval '${publishAt}' WHERE id = '${id}'`)
    }
    await post('Tomorrow', '1 day')
    await post('Just now', '-1 second')
    const published = `SELECT title FROM posts WHERE status = 'published'`
    await expect.poll(() => ask(where, published), { timeout: 40_000 }).toEqual([{ title: 'Just now' }])
  })

  await test.step('an import and an export go by the database’s clock, too', async () => {
    const day = (days: number) => new Date(Date.now() + days * DAY_MS).toISOString()
    const buffer = zipOf([
      { name: 'missed.md', content: `---\ntitle: Missed\npublishAt: ${day(-10)}\n---\n![](lamp.png)` },
      { name: 'later.md', content: `---\ntitle: Later\npublishAt: ${day(10)}\n---\n` },
      { name: 'lamp.png', content: await picture() },
    ])
    await page.goto(`${late.url}/dashboard/transfer`)
    await page.getByLabel('File').setInputFiles({ name: 'site.zip', mimeType: 'application/zip', buffer })
    await page.getByRole('button', { name: 'Import' }).click()
    await expect(page.getByText('Succeeded')).toBeVisible()
    const scheduled = `SELECT title, publish_at IS NOT NULL AS later FROM posts WHERE title IN ('Missed', 'Later') ORDER BY 1`
    expect(await ask(where, scheduled)).toEqual([
      { title: 'Later', later: true },
      { title: 'Missed', later: false },
    ])
    const zip = await page.request.get(`${late.url}/dashboard/transfer/inkwell-export.zip`)
    const names = [...(await unzip(await zip.body())).keys()]
    expect(names.filter((name) => name.endsWith('/lamp.png'))).toHaveLength(1)
  })

  await test.step('both give the allowance of the same month', async () => {
    const given = `SELECT count(*)::int AS gifts, count(DISTINCT ref)::int AS months,
      min(ref) = 'allowance:' || to_char(now() AT TIME ZONE 'UTC', 'YYYY-MM') AS now FROM ledger_entries WHERE ref LIKE 'allowance:%'`
    await expect.poll(() => one(given), { timeout: 20_000 }).toEqual({ gifts: 2, months: 1, now: true })
    await createStranger(where, late.url)
    late.kill('SIGKILL')
    await late.exited
    await start(ports[0], -WRONG_MS)
    await expect.poll(() => one(given), { timeout: 20_000 }).toEqual({ gifts: 3, months: 1, now: true })
  })
})
