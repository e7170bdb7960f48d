import type { Page } from '@playwright/test'
import { query, sql } from '@/lib/sql'
import { expect, hiddenFields, refusal, test, writePost } from '../fixtures/pages'

async function save(page: Page, content: string, version: number) {
  await page.getByLabel('Content').fill(content)
  await page.getByRole('button', { name: 'Save draft' }).click()
  await expect(page.getByText(`Version ${version}`)).toBeVisible()
}

const versionOf = (page: Page, number: number) =>
  page.getByRole('listitem').filter({ hasText: `Version ${number},` })

test('every save is a version that can be read and restored', async ({ page, signedIn }) => {
  const post = await writePost(signedIn, { title: 'Bread', content: 'Flour *and* water.' })
  await page.goto(`/dashboard/posts/${post.id}`)
  await save(page, 'Only flour.', 2)

  await page.getByRole('link', { name: 'History' }).click()
  await page.waitForURL(`/dashboard/posts/${post.id}/history`)
  await expect(page.getByRole('listitem')).toHaveCount(2)
  await expect(page.getByRole('listitem').first()).toContainText('Version 2,')
  await expect(versionOf(page, 2).getByRole('button', { name: 'Restore' })).toHaveCount(0)

  await versionOf(page, 1).getByRole('link').click()
  const text = page.getByRole('region', { name: 'Version 1' })
  await expect(text).toHaveText('Flour and water.')
  await versionOf(page, 1).getByRole('button', { name: 'Restore' }).click()
  await page.waitForURL(`/dashboard/posts/${post.id}`)
  await expect(page.getByLabel('Content')).toHaveValue('Flour *and* water.')
  await expect(page.getByText('Version 3')).toBeVisible()
})

test('restoring twice makes one version, and never undoes what was saved since', async ({
  page,
  signedIn,
}) => {
  const post = await writePost(signedIn, { title: 'Bread', content: 'One.' })
  await page.goto(`/dashboard/posts/${post.id}`)
  await save(page, 'Two.', 2)
  const history = `/dashboard/posts/${post.id}/history`
  await page.goto(history)
  const restore = versionOf(page, 1).locator('form')
  const request = {
    multipart: await hiddenFields(restore),
    headers: { Origin: new URL(page.url()).origin },
    maxRedirects: 0,
  }
  for (const _ of [1, 2]) expect((await page.request.post(history, request)).status()).toBe(303)
  const contents = async () =>
    (
      await query<{ content: string }>(
        sql`SELECT content FROM post_versions WHERE post_id = ${post.id} ORDER BY version`,
      )
    ).map(({ content }) => content)
  expect(await contents()).toEqual(['One.', 'Two.', 'One.'])

  await query(sql`UPDATE posts SET content = 'Saved elsewhere.', version = 4 WHERE id = ${post.id}`)
  await versionOf(page, 1).getByRole('button', { name: 'Restore' }).click()
  await expect(refusal(page)).toContainText('saved elsewhere')
  expect(await query(sql`SELECT content FROM posts WHERE id = ${post.id}`)).toEqual([
    { content: 'Saved elsewhere.' },
  ])
})

test('a long history is read in pages', async ({ page, signedIn }) => {
  const post = await writePost(signedIn, { title: 'Often saved' })
  await query(sql`
    INSERT INTO post_versions (post_id, version, title, content, excerpt)
    SELECT ${post.id}, n, 'Save ' || n, '', '' FROM generate_series(2, 23) n`)
  await page.goto(`/dashboard/posts/${post.id}/history`)
  await expect(page.getByRole('listitem')).toHaveCount(20)
  await page.getByRole('link', { name: 'Older' }).click()
  await expect(page.getByRole('listitem')).toHaveCount(3)
  await versionOf(page, 2).getByRole('link').click()
  await expect(page.getByRole('region', { name: 'Version 2' })).toContainText('It had no text.')
  await expect(page.getByRole('listitem')).toHaveCount(3)
  for (const query of ['version=999', 'version=x', 'before=-1', 'before=99999999999999999999']) {
    expect((await page.goto(`/dashboard/posts/${post.id}/history?${query}`))?.status(), query).toBe(200)
  }
})

test('two versions are compared, word by word', async ({ page, signedIn }) => {
  const long = Array.from({ length: 12 }, (_, n) => `Line ${n + 1}.`).join('\n')
  const post = await writePost(signedIn, { title: 'Bread', content: `Flour and water.\n${long}` })
  await page.goto(`/dashboard/posts/${post.id}`)
  await save(page, `Flour and fresh water.\n${long}`, 2)
  await page.goto(`/dashboard/posts/${post.id}/history`)
  await page.getByRole('button', { name: 'Compare' }).click()
  const changes = page.getByRole('region', { name: 'Version 1 and version 2' })
  await expect(changes.getByRole('insertion')).toHaveText('fresh')
  await expect(changes.getByRole('deletion')).toHaveCount(0)
  await expect(changes).toContainText('lines are the same.')
  await expect(changes.getByRole('heading', { level: 3 })).toHaveText(['Content'])

  await page.getByLabel('From version').fill('2')
  await page.getByLabel('To version').fill('1')
  await page.getByRole('button', { name: 'Compare' }).click()
  const back = page.getByRole('region', { name: 'Version 2 and version 1' })
  await expect(back.getByRole('deletion')).toHaveText('fresh')
  for (const [query, said] of [
    ['from=1&to=9', 'There is no version “9”.'],
    ['from=x&to=1', 'There is no version “x”.'],
    ['from=&to=', 'Give the number of a version.'],
    ['from=1&from=2&to=2', 'There is no version “1”.'],
  ] as const) {
    await page.goto(`/dashboard/posts/${post.id}/history?${query}`)
    await expect(page.getByRole('listitem').filter({ hasText: /Version \d/ })).toHaveCount(2)
    await expect(refusal(page), query).toContainText(`${said} The latest is 2.`)
  }
  await page.goto(`/dashboard/posts/${post.id}/history?from=first&to=1`)
  await expect(page.getByLabel('From version')).toHaveValue('first')
  await expect(page.getByLabel('From version')).toHaveAccessibleDescription(/There is no version “first”/)
  await expect(page.getByLabel('To version')).not.toHaveAttribute('aria-invalid')
})

test('versions are compared that no page of the history has both of', async ({ page, signedIn }) => {
  const post = await writePost(signedIn, { title: 'Often saved', content: 'At first.' })
  await query(sql`
    INSERT INTO post_versions (post_id, version, title, content, excerpt)
    SELECT ${post.id}, n, 'Save ' || n, 'At last.', '' FROM generate_series(2, 45) n`)
  await query(sql`UPDATE posts SET version = 45, content = 'At last.' WHERE id = ${post.id}`)
  await page.goto(`/dashboard/posts/${post.id}/history`)
  await page.getByLabel('From version').fill('1')
  await expect(page.getByLabel('To version')).toHaveValue('45')
  await page.getByRole('button', { name: 'Compare' }).click()
  const changes = page.getByRole('region', { name: 'Version 1 and version 45' })
  await expect(changes.getByRole('deletion').last()).toHaveText('first')
  await expect(changes.getByRole('insertion').last()).toHaveText('last')
  await expect(page.getByLabel('From version')).toHaveValue('1')
  await expect(page.getByRole('listitem').first()).toContainText('Version 45,')
})
