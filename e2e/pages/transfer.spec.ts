import { writeFile } from 'node:fs/promises'
import { query, sql } from '@/lib/sql'
import { PRODUCT } from '../fixtures/env'
import { createCookieFor, createPerson } from '../fixtures/factories'
import { expect, openAs, refusal, test } from '../fixtures/pages'
import { picture } from '../fixtures/pictures'
import { unique } from '../fixtures/transfer/import'
import { unzip } from '../fixtures/transfer/unzip'
import { zipOf } from '../fixtures/transfer/zip'

// Pictures are decoded and encoded on the way, on a machine that does much else.
test.describe.configure({ timeout: 90_000 })

test('a site is brought in, looked at, and taken away again', async ({ page, signedIn, browser }) => {
  const slug = unique('lamp')
  const buffer = zipOf([
    {
      name: 'lamp.md',
      content: `---\ntitle: The lamp\nslug: ${slug}\ndate: 2020-01-02\n---\n![Lamp](lamp.png)`,
    },
    { name: 'odd.md', content: '---\ntitle: The odd one\nauthor: Ada\n---\nText.' },
    { name: 'bad.md', content: '---\ntitle: [\n---\n' },
    { name: 'lamp.png', content: await picture('png', 320, 200) },
  ])
  await page.goto('/dashboard/posts')
  await page.getByRole('link', { name: 'Import and export' }).click()
  const send = async () => {
    await page.getByLabel('File').setInputFiles({ name: 'my-site.zip', mimeType: 'application/zip', buffer })
    await page.getByRole('button', { name: 'Import' }).click()
    await page.waitForURL(/\/dashboard\/transfer\/[\w-]{36}$/)
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('my-site.zip')
    await expect(page.getByText('Succeeded')).toBeVisible()
  }
  await send()
  await expect(page.getByText('2 made, 1 refused')).toBeVisible()
  const rows = page.getByRole('row')
  // What needs to be looked at comes first.
  await expect(rows.nth(1)).toContainText('bad.md, line 3: Its front matter is no valid YAML')
  await expect(rows.nth(1)).toContainText('Refused')
  await expect(rows.nth(2)).toContainText('what has no place here, and was left out: author.')
  await expect(rows.nth(3)).toContainText('The lamp')
  const first = page.url()
  await rows.nth(3).getByRole('link').click()
  await expect(page.getByLabel('Title')).toHaveValue('The lamp')

  await page.goto('/dashboard/transfer')
  await send()
  await expect(page.getByText('0 made, 2 already there, 1 refused')).toBeVisible()
  await page.getByRole('link', { name: 'Import and export' }).click()
  await expect(page.getByRole('table', { name: 'Imports' }).getByRole('link')).toHaveCount(2)
  expect(await query(sql`SELECT FROM posts WHERE author_id = ${signedIn.userId}`)).toHaveLength(2)

  const downloading = page.waitForEvent('download')
  await page.getByRole('link', { name: 'Download' }).click()
  const download = await downloading
  expect(download.suggestedFilename()).toMatch(/^inkwell-\d{4}-\d\d-\d\d\.zip$/)
  const pieces: Buffer[] = []
  for await (const piece of await download.createReadStream()) pieces.push(piece)
  const names = [...(await unzip(Buffer.concat(pieces))).keys()]
  expect(names).toContain(`posts/${slug}.md`)
  expect(names.filter((name) => name.startsWith('pictures/'))).toHaveLength(1)

  // Another writer finds no such import.
  const other = await openAs(browser, await createPerson({ name: 'Bea' }))
  await other.goto(first)
  await expect(other).toHaveURL(/not-found/)
  await other.context().close()
})

test('a form without a file, or with one that can’t be read, says so', async ({ page, signedIn }) => {
  await page.goto('/dashboard/transfer')
  await page.getByRole('button', { name: 'Import' }).click()
  await expect(refusal(page)).toContainText('Choose a file.')
  await expect(page.getByLabel('File')).toHaveAccessibleDescription(/Choose a file\./)
  const json = { name: 'a.json', mimeType: 'application/json', buffer: Buffer.from('{') }
  await page.getByLabel('Address of the old site').fill('ftp://old.example')
  await page.getByLabel('File').setInputFiles(json)
  await page.getByRole('button', { name: 'Import' }).click()
  await expect(refusal(page)).toContainText('This is no address of a site.')
  await expect(page.getByLabel('Address of the old site')).toHaveValue('ftp://old.example')
  await expect(page.getByLabel('Address of the old site')).toHaveAccessibleDescription(/no address of a site/)
  await page.getByLabel('Address of the old site').fill('old.example/blog/')
  await page.getByLabel('File').setInputFiles(json)
  await page.getByRole('button', { name: 'Import' }).click()
  await expect(page.getByText('It could not be imported')).toBeVisible()
  await expect(
    page.getByRole('alert').filter({ hasText: 'a.json, line 1: This is no valid JSON.' }),
  ).toBeVisible()
  expect(await query(sql`SELECT site FROM imports WHERE owner_id = ${signedIn.userId}`)).toEqual([
    { site: 'https://old.example/blog' },
  ])
})

test('a large file of somebody who is logged out, or by now is somebody else, is answered, too', async ({
  page,
  context,
  signedIn,
}) => {
  const file = test.info().outputPath('site.md')
  await writeFile(file, Buffer.alloc(45_000_000, 'x'))
  await page.goto('/dashboard/transfer')
  const mine = await context.cookies()
  const { name, value } = await createCookieFor(await createPerson({ name: 'Bea' }))
  await context.addCookies([{ name, value, url: PRODUCT.url, httpOnly: true, sameSite: 'Lax' }])
  for (const said of ['another account', 'session has ended']) {
    await page.getByLabel('File', { exact: true }).setInputFiles(file)
    await page.getByRole('button', { name: /^(Import|Send again)$/ }).click()
    await expect(page.getByRole('alert').filter({ hasText: said })).toBeVisible()
    await context.clearCookies()
  }
  await context.addCookies(mine)
  expect(await query(sql`SELECT FROM imports WHERE owner_id = ${signedIn.userId}`)).toEqual([])
})
