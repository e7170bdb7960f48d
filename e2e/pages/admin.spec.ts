import { newId } from '@/lib/ids'
import { query, sql } from '@/lib/sql'
import { acceptOnly } from '../fixtures/generations'
import { expect, findUser, recordedOf, test } from '../fixtures/operator'
import { answered, hiddenFields, openAs, refusal } from '../fixtures/pages'
import { overflow, unnamed } from '../fixtures/structure'

const tierOf = async (userId: string) =>
  (await query<{ tier: string }>(sql`SELECT tier FROM users WHERE id = ${userId}`))[0]?.tier

const paths = ['/admin', '/admin/limits', `/admin/users/${newId()}`]

test('who is logged out is asked to log in, and brought back', async ({ page }) => {
  for (const path of paths) {
    await page.goto(path)
    await expect(page).toHaveURL(`/login?next=${encodeURIComponent(path)}`)
  }
})

test('to a writer there is no such page, and no link to it', async ({ page, signedIn, expectedErrors }) => {
  expectedErrors.push(answered(404))
  for (const path of [...paths, `/admin/users/${signedIn.userId}`]) {
    const answer = await page.goto(path)
    expect(answer?.status(), path).toBe(404)
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('There is nothing at this address')
    expect(await page.content()).not.toMatch(/Tier|Grant|Spend/)
  }
  await page.goto('/dashboard')
  await expect(page.getByRole('link', { name: 'Admin' })).toHaveCount(0)
})

test('an operator sees how the studio is doing', async ({ page, operator: _, ada }) => {
  await acceptOnly(ada)
  await page.goto('/dashboard')
  await page.getByRole('link', { name: 'Admin' }).click()
  await expect(page).toHaveTitle('Admin · Inkwell')
  await expect(page.getByRole('link', { name: 'Admin' })).toHaveAttribute('aria-current', 'page')
  const main = page.getByRole('main')
  for (const text of [
    /\d+ credits? spent/,
    /\d+ of \d+ tries used by visitors/,
    /\d+ generations?, \d+ credits? held/,
    /Reachable: PostgreSQL \d+\.\d+, embedded/,
    'test-model',
  ])
    await expect(main.getByText(text)).toBeVisible()
  await expect(main.getByRole('meter', { name: 'Tries of visitors today' })).toBeVisible()
  const prices = main.getByRole('table', { name: 'Limits and prices' })
  await expect(prices.getByRole('row', { name: /^Draft a post/ })).toContainText('20 a day')
  // The newest come first. Which those are, other tests decide: they make accounts all the time, also meanwhile.
  const newest = () =>
    query<{ email: string }>(sql`SELECT email FROM users ORDER BY id DESC LIMIT 500`).then((rows) =>
      rows.map(({ email }) => email),
    )
  const links = main.getByRole('table', { name: 'Users' }).getByRole('link')
  await expect(async () => {
    const [before = ''] = await newest()
    await page.reload()
    const [shown, after] = [await links.allTextContents(), await newest()]
    const first = after.indexOf(shown[0] ?? '')
    expect(first).toBeGreaterThanOrEqual(0)
    expect(first).toBeLessThanOrEqual(after.indexOf(before))
    expect(shown).toEqual(after.slice(first, first + 10))
  }).toPass()
})

test('an account is found by a part of its address', async ({ page, operator: _, ada }) => {
  await findUser(page, ada.email.slice(4, 30).toUpperCase())
  const users = page.getByRole('table', { name: 'Users' }).getByRole('row')
  await expect(users).toHaveCount(2)
  await expect(users.nth(1)).toContainText(ada.email)
  await expect(page.getByRole('table', { name: 'Ledger' })).toContainText('For a test')
  await page.getByRole('link', { name: ada.email }).click()
  await expect(page).toHaveURL(`/admin/users/${ada.userId}`)
  await expect(page.getByLabel('Tier')).toHaveValue('free')

  for (const nobody of ['nobody-has-this@example.com', '%', '_____@', "'"]) {
    await findUser(page, nobody)
    await expect(page.getByText('No account has this in its address')).toBeVisible()
    await expect(page.getByLabel('Email')).toHaveValue(nobody)
    await expect(page.getByRole('button', { name: 'Grant credits' })).toHaveCount(0)
  }
})

test('the list of accounts is read in pages', async ({ page, operator: _ }) => {
  const part = `many-${newId()}`
  for (let n = 10; n < 23; n++) {
    await query(sql`
      INSERT INTO users (id, email, name, password_hash)
      VALUES (${newId()}, ${`${part}-${n}@example.com`}, ${`Number ${n}`}, '-')`)
  }
  await findUser(page, part)
  const names = page
    .getByRole('table', { name: 'Users' })
    .getByRole('row')
    .getByText(/^Number/)
  await expect(names).toHaveText([22, 21, 20, 19, 18, 17, 16, 15, 14, 13].map((n) => `Number ${n}`))
  await page.getByRole('link', { name: 'Older' }).click()
  await expect(names).toHaveText(['Number 12', 'Number 11', 'Number 10'])
  await page.getByRole('link', { name: 'Newer' }).click()
  await expect(names).toHaveCount(10)
})

test('a tier is changed at once, and written down', async ({ page, browser, operator, ada }) => {
  await findUser(page, ada.email)
  const tier = page.getByLabel('Tier')
  await expect(tier.getByRole('option')).toHaveText(['free', 'pro', 'unlimited'])
  await tier.selectOption('unlimited')
  await page.getByRole('button', { name: 'Save', exact: true }).click()
  await expect(page.getByRole('status').filter({ hasText: 'The tier is unlimited now.' })).toBeVisible()
  await expect(tier).toHaveValue('unlimited')
  expect(await tierOf(ada.userId)).toBe('unlimited')
  // Saved again, nothing is changed, and so there is nothing to write down.
  await page.getByRole('button', { name: 'Save', exact: true }).click()
  await expect(page.getByRole('status').filter({ hasText: 'The tier is unlimited now.' })).toBeVisible()
  expect(await recordedOf(operator, ada.email)).toEqual([
    { action: 'tier', before: { tier: 'free' }, after: { tier: 'unlimited' } },
  ])
  const hers = await openAs(browser, ada)
  await hers.goto('/dashboard')
  await expect(hers.getByRole('table', { name: 'Usage' })).toContainText('0, no limit')
  await hers.context().close()

  await page.goto('/admin')
  const change = page.getByRole('table', { name: 'Latest changes' }).getByRole('row', { name: ada.email })
  await expect(change).toContainText('tier: free → unlimited')
  await expect(change).toContainText(operator.email)
})

test('no tier that is for visitors, and none that is not', async ({ page, operator, ada }) => {
  for (const tier of ['anonymous', 'gold', '']) {
    await findUser(page, ada.email)
    const fields = await hiddenFields(page.locator('form:has([name=tier])'))
    const answer = await post({ ...fields, tier })
    expect(await answer.text()).toContain('Choose one of the tiers.')
  }
  const fields = await hiddenFields(page.locator('form:has([name=tier])'))
  expect(await (await post({ ...fields, userId: newId(), tier: 'pro' })).text()).toContain(
    'There is no such account.',
  )
  expect(await tierOf(ada.userId)).toBe('free')
  expect(await recordedOf(operator, ada.email)).toEqual([])

  function post(multipart: Record<string, string>) {
    return page.request.post(page.url(), { multipart, headers: { Origin: new URL(page.url()).origin } })
  }
})

test('the forms of an operator do nothing for a writer, or for nobody', async ({
  page,
  browser,
  operator: _,
  ada,
}) => {
  await findUser(page, ada.email)
  const forms = [
    { form: 'form:has([name=tier])', more: { tier: 'pro' } },
    { form: 'form:has([name=credits])', more: { credits: '50', reason: 'For me' } },
  ]
  const origin = new URL(page.url()).origin
  const hers = await openAs(browser, ada)
  const nobodys = await browser.newContext()
  for (const { form, more } of forms) {
    const multipart = { ...(await hiddenFields(page.locator(form))), ...more }
    for (const [{ request }, status] of [
      [hers, 307],
      // Given back, to be sent after logging in.
      [nobodys, 200],
    ] as const) {
      const answer = await request.post(page.url(), {
        // As of a page of her own.
        multipart: { ...multipart, account: ada.userId },
        headers: { Origin: origin },
        maxRedirects: 0,
      })
      expect(answer.status(), form).toBe(status)
    }
  }
  expect(await tierOf(ada.userId)).toBe('free')
  expect(await query(sql`SELECT credits FROM users WHERE id = ${ada.userId}`)).toEqual([{ credits: 20 }])
  await hers.context().close()
  await nobodys.close()
})

test('who is an operator no more is refused at the next form', async ({
  page,
  operator,
  ada,
  javaScriptEnabled,
  expectedErrors,
}) => {
  expectedErrors.push(answered(404))
  await findUser(page, ada.email)
  await query(sql`UPDATE users SET role = 'writer' WHERE id = ${operator.userId}`)
  await page.getByLabel('Tier').selectOption('pro')
  await page.getByRole('button', { name: 'Save', exact: true }).click()
  if (javaScriptEnabled)
    await expect(refusal(page)).toContainText('Only an operator of this studio may do this.')
  else await expect(page.getByRole('heading', { level: 1 })).toHaveText('There is nothing at this address')
  expect(await tierOf(ada.userId)).toBe('free')
})

test('its pages are whole, and stand on a phone', async ({ page, operator: _, ada }) => {
  for (const path of [`/admin?email=${ada.email}`, `/admin/users/${ada.userId}`, '/admin/limits']) {
    await page.setViewportSize({ width: 1280, height: 800 })
    await page.goto(path)
    await expect(page.getByRole('heading', { level: 1 })).toHaveCount(1)
    expect(await unnamed(page)).toEqual([])
    for (const width of [390, 320]) {
      await page.setViewportSize({ width, height: 800 })
      expect(await overflow(page), `${path} at ${width} px`).toEqual([])
    }
  }
})
