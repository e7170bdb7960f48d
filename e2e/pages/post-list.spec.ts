import { expect, test, writePost } from '../fixtures/pages'

test('says what to do where there is no post yet', async ({ page, signedIn: _ }) => {
  await page.goto('/dashboard/posts')
  await expect(page.getByText('Nothing written yet')).toBeVisible()
  await page.getByRole('link', { name: 'Write the first' }).click()
  await page.waitForURL('/dashboard/posts/new')
})

test('finds posts by their words, and filters them by status', async ({ page, signedIn }) => {
  await writePost(signedIn, { title: 'On bread', content: 'Flour and patience.' })
  await writePost(signedIn, { title: 'On salt', content: 'From the sea.', status: 'published' })
  await page.goto('/dashboard/posts')
  const titles = page.getByRole('main').getByRole('table').getByRole('link')
  await expect(titles).toHaveText(['On salt', 'On bread'])

  await page.getByLabel('Search').fill('patience')
  await page.getByRole('button', { name: 'Search' }).click()
  await expect(titles).toHaveText(['On bread'])
  await expect(page).toHaveURL(/[?&]q=patience/)
  await expect(page.getByLabel('Search')).toHaveValue('patience')

  await page.getByLabel('Search').fill('')
  await page.getByLabel('Status').selectOption('Published')
  await page.getByRole('button', { name: 'Search' }).click()
  await expect(titles).toHaveText(['On salt'])
  await expect(page.getByLabel('Status')).toHaveValue('published')

  await page.getByLabel('Search').fill('patience')
  await page.getByRole('button', { name: 'Search' }).click()
  await expect(page.getByText('No post matches')).toBeVisible()
})

test('pages by twenty, and keeps the filter on the way', async ({ page, signedIn }) => {
  for (let n = 1; n <= 22; n++) await writePost(signedIn, { title: `Post ${n}` })
  await page.goto('/dashboard/posts?status=draft')
  const titles = page.getByRole('main').getByRole('table').getByRole('link')
  await expect(titles).toHaveCount(20)
  await expect(titles.first()).toHaveText('Post 22')
  await page.getByRole('link', { name: 'Older' }).click()
  await expect(titles).toHaveText(['Post 2', 'Post 1'])
  await expect(page.getByLabel('Status')).toHaveValue('draft')
  await page.getByRole('link', { name: 'Newer' }).click()
  await expect(titles).toHaveCount(20)
  await expect(page.getByRole('link', { name: 'Newer' })).toHaveCount(0)
})

test('an address that was tampered with shows the list from its beginning', async ({ page, signedIn }) => {
  await writePost(signedIn, { title: 'Still here' })
  for (const query of [
    'page=-1',
    'page=x',
    'status=gone',
    'q=%00',
    'cursor=nonsense',
    'q=%22unbalanced%20(',
    'page=9999999',
  ]) {
    const answer = await page.goto(`/dashboard/posts?${query}`)
    expect(answer?.status(), query).toBe(200)
    await expect(page.getByRole('heading', { level: 1 }), query).toHaveText('Posts')
  }
})
