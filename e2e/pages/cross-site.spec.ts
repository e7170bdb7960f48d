import type { Page } from '@playwright/test'
import { query, sql } from '@/lib/sql'
import { PRODUCT } from '../fixtures/env'
import { serveForeignPage } from '../fixtures/foreign-page'
import { answered, expect, hiddenFields, test } from '../fixtures/pages'

/** What the browser would send for a new post from this page, if it were ours. */
async function newPostFields(page: Page) {
  await page.goto('/dashboard/posts/new')
  const hidden = await hiddenFields(page.locator('form:has([name=content])'))
  return { ...hidden, title: 'Written by another site', content: '', intent: 'publish' }
}

const countOf = async (userId: string) =>
  (await query(sql`SELECT FROM posts WHERE author_id = ${userId}`)).length

test('a form of another site is refused, in words that can be read', async ({
  page,
  signedIn,
  expectedErrors,
}) => {
  expectedErrors.push(answered(403))
  const fields = await newPostFields(page)
  const inputs = Object.entries(fields).map(
    ([name, value]) =>
      `<input name="${name}" value="${value.replaceAll('&', '&amp;').replaceAll('"', '&quot;')}">`,
  )
  const form = `<form method="post" enctype="multipart/form-data" action="${PRODUCT.url}/dashboard/posts/new">${inputs.join('')}<button>Win</button></form>`
  const evil = await serveForeignPage('127.0.0.1', form)
  await page.goto(evil.url)
  await page.getByRole('button', { name: 'Win' }).click()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('This form came from another site')
  evil.close()
  expect(await countOf(signedIn.userId)).toBe(0)
})

const origins = [
  { from: 'nowhere that it says', headers: {}, status: 403 },
  { from: 'another origin', headers: { Origin: 'https://evil.example' }, status: 403 },
  { from: 'an origin it hides', headers: { Origin: 'null' }, status: 403 },
  { from: 'another page', headers: { Referer: 'https://evil.example/' }, status: 403 },
  {
    from: 'a site that says it is ours, and a browser that knows better',
    headers: { Origin: PRODUCT.url, 'Sec-Fetch-Site': 'cross-site' },
    status: 403,
  },
  {
    from: 'a text browser on our page',
    headers: { Referer: `${PRODUCT.url}/dashboard/posts/new` },
    status: 303,
  },
  { from: 'our own page', headers: { Origin: PRODUCT.url, 'Sec-Fetch-Site': 'same-origin' }, status: 303 },
]
test('a form is taken only if its browser says that it comes from here', async ({ page, signedIn }) => {
  const multipart = await newPostFields(page)
  for (const { from, headers, status } of origins) {
    const answer = await page.request.post('/dashboard/posts/new', { multipart, headers, maxRedirects: 0 })
    expect(answer.status(), from).toBe(status)
    if (status === 403) expect(await answer.text()).toContain('<h1>This form came from another site</h1>')
    // It is the same form each time, so those that are taken make one post.
    expect(await countOf(signedIn.userId), from).toBe(status === 303 ? 1 : 0)
  }
})
