import { query, sql } from '@/lib/sql'
import { PRODUCT } from '../fixtures/env'
import { createCookieFor, createPerson } from '../fixtures/factories'
import { alertOn, expectTyped, formOf, forms, NO_ROWS, openFilled, send } from '../fixtures/loss/forms'
import { expect, test } from '../fixtures/pages'

/** What happens elsewhere while a form is filled in: see `loss`. One test opens all of them. */
test.describe.configure({ timeout: 120_000 })

test('somebody else who has logged in meanwhile', async ({ context, signedIn }) => {
  const names = Object.entries(forms(NO_ROWS)).flatMap(([name, { isPublic }]) => (isPublic ? [] : [name]))
  expect(names.length).toBeGreaterThan(8)
  const opened = await Promise.all(
    names.map(async (name) => {
      const form = await formOf(name, signedIn)
      return { name, form, page: await openFilled(context, form) }
    }),
  )
  const mine = await context.cookies()
  const bea = await createPerson({ name: 'Bea' })
  const { name, value } = await createCookieFor(bea)
  await context.addCookies([{ name, value, url: PRODUCT.url, httpOnly: true, sameSite: 'Lax' }])
  for (const { form, page } of opened) {
    await send(page, form)
    await expect(alertOn(page)).toContainText('another account')
    await expectTyped(page, form)
  }
  // Nothing of it is theirs, nor was anything of it done.
  for (const table of ['posts', 'projects', 'generations', 'api_keys', 'uploads', 'imports'] as const)
    expect(await countIn(table, bea.userId), table).toBe(0)
  expect(await query(sql`SELECT name FROM users WHERE id = ${bea.userId}`)).toEqual([{ name: 'Bea' }])
  // Back under the account it belongs to, it is sent after all.
  await context.addCookies(mine)
  for (const { form, page } of opened.filter(({ name }) => name === 'an import')) {
    await send(page, form)
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(form.file?.name ?? '')
  }
})

const COUNTS = {
  posts: sql`SELECT author_id AS of FROM posts`,
  projects: sql`SELECT owner_id AS of FROM projects`,
  generations: sql`SELECT owner_id AS of FROM generations`,
  api_keys: sql`SELECT user_id AS of FROM api_keys`,
  uploads: sql`SELECT owner_id AS of FROM uploads`,
  imports: sql`SELECT owner_id AS of FROM imports`,
}

async function countIn(table: keyof typeof COUNTS, userId: string): Promise<number> {
  return (await query(sql`SELECT FROM (${COUNTS[table]}) rows WHERE of = ${userId}`)).length
}
