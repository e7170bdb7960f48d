import { randomUUID } from 'node:crypto'
import type { Page } from '@playwright/test'
import { acceptOnly } from '../fixtures/generations'
import { expect, test } from '../fixtures/operator'
import { addPicture, answered, writePost } from '../fixtures/pages'

// What is against the policy is logged as an error, and so fails the test of its page: here and everywhere.

test('every page is sent with a policy that it keeps to, and its scripts run', async ({
  page,
  visitor,
  operator,
  ada,
  javaScriptEnabled,
  expectedErrors,
}) => {
  expectedErrors.push(answered(404))
  await addPicture(operator, 'lamp.png')
  const post = await writePost(operator, { title: `Held ${randomUUID()}` })
  const generation = await acceptOnly(operator)
  const nonces = new Set<string>()
  const dashboard = `posts posts/new posts/trash posts/${post.id} posts/${post.id}/history uploads generate generations/${generation.id} credits projects settings transfer`
  const own = ['/dashboard', ...dashboard.split(' ').map((path) => `/dashboard/${path}`)]
  const admin = ['/admin', '/admin/limits', `/admin/users/${ada.userId}`]
  for (const path of [...own, ...admin]) nonces.add(await heldPage(page, path, javaScriptEnabled))
  const open = ['/', '/login', '/signup', '/docs/api', '/no-such-page']
  for (const path of open) nonces.add(await heldPage(visitor, path, javaScriptEnabled))
  expect(nonces.size, 'no nonce comes twice').toBe(own.length + admin.length + open.length)
})

test('a page for reading runs nothing, and loads nothing but its style and pictures', async ({
  page,
  operator,
}) => {
  const requests: string[] = []
  page.on('request', (request) => requests.push(request.resourceType()))
  const title = `Still ${randomUUID()}`
  const post = await writePost(operator, { title, content: '## Part\n\n`code`', status: 'published' })
  for (const path of ['/posts', `/posts/${post.slug}`]) {
    const answer = await page.goto(path)
    const policy = directives(answer?.headers()['content-security-policy'])
    expect(policy).toEqual({ ...COMMON, 'script-src': ["'none'"], 'style-src': ["'self'"] })
    await expect(
      page.locator('script:not([type="application/ld+json"]), [rel=preload][as=script]'),
    ).toHaveCount(0)
    expect(await page.content()).not.toMatch(/__next_f|\/_next\/[^"]*\.js/)
  }
  // The way back is a link like any other.
  await page.getByRole('link', { name: 'All posts' }).click()
  await page.getByRole('link', { name: title }).click()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(title)
  expect(new Set(requests).difference(new Set(['document', 'stylesheet', 'image', 'other']))).toEqual(
    new Set(),
  )
})

/** Goes there, and answers the nonce of the page, whose policy must let nothing else run. */
async function heldPage(page: Page, path: string, javaScriptEnabled: boolean | undefined): Promise<string> {
  const answer = await page.goto(path)
  const policy = directives(answer?.headers()['content-security-policy'])
  const nonce = policy['script-src']?.find((source) => source.startsWith("'nonce-")) ?? 'none'
  expect(policy, path).toEqual({
    ...COMMON,
    'script-src': ["'self'", nonce, "'strict-dynamic'"],
    'style-src': ["'self'", nonce],
  })
  await expect(page.getByRole('heading', { level: 1 }), path).toBeVisible()
  // React leaves a mark on what it has made its own.
  if (javaScriptEnabled)
    await page.waitForFunction(() => Object.keys(document.body).some((key) => /^__react/.test(key)))
  return nonce
}

const COMMON = {
  'default-src': ["'self'"],
  'img-src': ["'self'", 'blob:', 'data:', 'https:', 'http:'],
  'object-src': ["'none'"],
  'base-uri': ["'none'"],
  'form-action': ["'self'"],
  'frame-ancestors': ["'none'"],
}

function directives(policy = ''): Record<string, string[]> {
  const parts = policy.split(';').map((part) => part.trim().split(' '))
  return Object.fromEntries(parts.map(([name = '', ...sources]) => [name, sources]))
}
