import { readdir, readFile } from 'node:fs/promises'
import path from 'node:path'
import { MODEL, SPARE_PORT } from '../fixtures/env'
import { mailServer } from '../fixtures/mail-server'
import { expect, test } from '../fixtures/own-product'
import { ask, type Product } from '../fixtures/product'
import { createStranger } from '../fixtures/stranger'
import { type Api, apiWith } from '../fixtures/test'

/** What an instance has logged with this message, oldest first. */
function logged<Line extends object>({ output }: Product, message: RegExp): (Line & { msg: string })[] {
  return output()
    .split('\n')
    .filter((line) => line.startsWith('{'))
    .map((line) => JSON.parse(line))
    .filter(({ msg }) => message.test(msg))
}

const titles = (api: Api, headers: Record<string, string> = {}) =>
  api('/api/generate', {
    method: 'POST',
    json: { tool: 'titles', text: 'The lamp was lit at dusk.' },
    headers,
  })

test('the operator is told of a proxy that is not declared, whose visitors share one budget', async ({
  page,
  startAsOperator,
}) => {
  // On the private network, behind the one on this machine, which is declared.
  const proxy = '10.11.12.13'
  const product = await startAsOperator({ TRUSTED_PROXIES: '127.0.0.1,::1' })
  const tryFrom = async (...hops: string[]) =>
    (await titles(apiWith(null, product.url), { 'X-Forwarded-For': hops.join(', ') })).status
  const notice = page.getByText('A proxy is not declared')
  const lines = () => logged<{ address: string }>(product, /TRUSTED_PROXIES does not name/)

  for (let used = 1; used <= 3; used++) expect(await tryFrom('192.168.1.20')).toBe(200)
  expect(await tryFrom('192.168.1.20')).toBe(429)
  await page.goto(`${product.url}/admin`)
  await expect(page.getByText('3 of 300 tries used by visitors')).toBeVisible()
  await expect(notice).toHaveCount(0)
  expect(lines()).toEqual([])

  for (let used = 1; used <= 5; used++) expect(await tryFrom('203.0.113.7', proxy)).toBe(200)
  await page.goto(`${product.url}/admin`)
  await expect(page.getByText('8 of 300 tries used by visitors')).toBeVisible()
  await expect(notice).toBeVisible()
  await expect(page.getByText(`Requests come through ${proxy}, which`)).toBeVisible()
  await expect.poll(lines).toMatchObject([{ address: proxy }])
})

test('addresses are counted by their network and kept only as keyed hashes, whatever their proxy adds to them', async ({
  startAsOperator,
}) => {
  const product = await startAsOperator({ TRUSTED_PROXIES: '127.0.0.1,::1' })
  const callFrom = async (address: string, key: string | null = null) => {
    const answer = await apiWith(key, product.url)('/api/posts', { headers: { 'X-Forwarded-For': address } })
    return Number(/;r=(\d+)/.exec(answer.headers.get('ratelimit') ?? '')?.[1] ?? Number.NaN)
  }
  // One household of IPv6, then another one; one host of IPv4, from two of its ports.
  expect(await callFrom('2001:db8:1:2::1')).toBe(1_199)
  expect(await callFrom('[2001:db8:1:2:ffff::9]:4711')).toBe(1_198)
  expect(await callFrom('2001:db8:1:3::1')).toBe(1_199)
  expect(await callFrom('203.0.113.7:4711')).toBe(1_199)
  expect(await callFrom('203.0.113.7:4712')).toBe(1_198)
  // And the other limits of an address: of bad credentials, and of the sign-up that came before.
  await callFrom('203.0.113.7', `ink_${'x'.repeat(43)}`)
  const keys = await ask<{ key: string }>(product.dataDir, 'SELECT key FROM rate_limits')
  expect(new Set(keys.map(({ key }) => key.replace(/:[0-9a-f]{32}$/, '')))).toEqual(
    new Set(['anonymous', 'badCredentials', 'signup']),
  )
})

test('the operator is warned at 50, 80 and 100 % of the cap, once each, on the page and in the log', async ({
  page,
  startAsOperator,
}) => {
  const product = await startAsOperator({ SPEND_CAP_CREDITS_PER_DAY: '10' })
  const { api } = await createStranger(product.dataDir, product.url)
  const main = page.getByRole('main')
  const spend = async (credits: number) => {
    for (let spent = 0; spent < credits; spent++) expect((await titles(api)).status).toBe(200)
  }
  // The warning is on its way while the generation is already running.
  const expectOnPage = (text: string) =>
    expect(async () => {
      await page.goto(`${product.url}/admin`)
      await expect(main.getByText(text, { exact: true })).toBeVisible({ timeout: 1_000 })
    }).toPass()

  await spend(4)
  await expectOnPage('4 of 10 credits spent, 40 %')
  for (const [credits, text] of [
    [1, '5 of 10 credits spent, 50 %, warned at 50 %'],
    [2, '7 of 10 credits spent, 70 %, warned at 50 %'],
    [1, '8 of 10 credits spent, 80 %, warned at 80 %'],
    [2, '10 of 10 credits spent, 100 %, warned at 100 %'],
  ] as const) {
    await spend(credits)
    await expectOnPage(text)
  }
  await expect(main.getByRole('meter', { name: 'Spend today' })).toHaveAttribute('value', '10')
  expect((await titles(api)).status).toBe(429)

  // Without a mail server, what it mails is files.
  const folder = path.join(product.dataDir, 'mail')
  await expect
    .poll(async () => (await readdir(folder)).filter((file) => file.endsWith('.eml')))
    .toHaveLength(3)
  // Their names sort by when they were made.
  const files = (await readdir(folder)).sort()
  const mails = await Promise.all(files.map((file) => readFile(path.join(folder, file), 'utf8')))
  for (const [nth, share] of [50, 80, 100].entries()) {
    expect(mails[nth]).toMatch(/^To: olga@example\.com\r?$/m)
    expect(mails[nth]).toMatch(new RegExp(`^Subject: .*\\b${share} `, 'm'))
  }

  const lines = () => logged<{ spent: number; cap: number; share: number }>(product, /spend cap/)
  await expect
    .poll(() => lines().map(({ spent, cap, share }) => ({ spent, cap, share })))
    .toEqual([
      { spent: 5, cap: 10, share: 50 },
      { spent: 8, cap: 10, share: 80 },
      { spent: 10, cap: 10, share: 100 },
    ])
})

test('a mail server that is down keeps no generation, and is told later, once by all instances', async ({
  startAsOperator,
  startProduct,
}) => {
  const server = await mailServer()
  server.refuses = true
  const env = {
    SPEND_CAP_CREDITS_PER_DAY: '10',
    SWEEP_INTERVAL_MS: '200',
    SMTP_URL: server.url,
    MAIL_FROM: 'Inkwell <inkwell@example.com>',
  }
  const product = await startAsOperator(env)
  const { api } = await createStranger(product.dataDir, product.url)
  // From 4 to 8 of 10 at once: the share between is passed over.
  for (let spent = 0; spent < 4; spent++) expect((await titles(api)).status).toBe(200)
  expect((await api('/api/generate', { method: 'POST', json: { prompt: 'A lighthouse' } })).status).toBe(200)
  const refused = () =>
    logged<{ subject: string; err: { message: string } }>(product, /mail could not be sent/)
  await expect.poll(() => refused().length).toBeGreaterThan(0)
  expect(refused()[0]?.err.message).toContain('451')
  expect(product.output()).not.toMatch(/sesame/)

  // Both of them look for what is due, at each sweep.
  await startProduct(SPARE_PORT + 74, { ...env, DATA_DIR: product.dataDir })
  server.refuses = false
  const waiting = () => ask(product.dataDir, 'SELECT FROM outgoing_mails')
  await ask(product.dataDir, 'UPDATE outgoing_mails SET due_at = now()')
  await expect.poll(waiting).toEqual([])
  expect(server.received.map(({ to }) => to)).toEqual([['olga@example.com']])
  expect(server.received[0]?.text).toMatch(/^Subject: Inkwell: 80 %/m)
})

test('what nobody could be charged for is on the page, by its reason', async ({ page, startAsOperator }) => {
  const product = await startAsOperator({ AI_BASE_URL: `${MODEL.url}/v1` })
  const { api } = await createStranger(product.dataDir, product.url)
  const draft = (prompt: string) => api('/api/generate', { method: 'POST', json: { prompt } })
  const fact = (name: string) =>
    page.getByRole('term').filter({ hasText: name }).locator('xpath=following-sibling::dd')
  const [above, late] = ['above what was held', 'settled too late']
  await page.goto(`${product.url}/admin`)
  for (const name of [above, late]) await expect(fact(name)).toHaveText('0 credits, 0 times')

  // 9 and 6 credits’ worth, of which 4 were held; then one whose lease is over before its text has come.
  for (const tokens of [3_600, 2_400]) {
    const answer = await (await draft(`A lighthouse [[tokens:${tokens}]]`)).json()
    expect(answer.credits).toMatchObject({ held: 4, charged: 4 })
  }
  const slow = draft('A lighthouse [[chunks:20]] [[delay:200]] [[tokens:700]]')
  await expect(async () => {
    await ask(product.dataDir, `UPDATE generations SET lease_until = now() WHERE status = 'running'`)
    await api('/api/usage')
    expect(await ask(product.dataDir, `SELECT FROM generations WHERE status = 'failed'`)).toHaveLength(1)
  }).toPass()
  expect((await slow).status).toBe(503)

  await expect(async () => {
    await page.goto(`${product.url}/admin`)
    await expect(fact(above)).toHaveText('7 credits, 2 times', { timeout: 1_000 })
    await expect(fact(late)).toHaveText('1 credit, 1 time', { timeout: 1_000 })
  }).toPass()
})
