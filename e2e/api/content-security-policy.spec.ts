import { PRODUCT } from '../fixtures/env'
import { expect, test } from '../fixtures/test'

test('what is no page can’t be one, wherever it is opened', async () => {
  for (const path of '/api/health /api/no-such-path /uploads/x/y.png /feed.xml /feed.json /sitemap.xml /robots.txt'.split(
    ' ',
  )) {
    const { headers } = await fetch(PRODUCT.url + path)
    expect(headers.get('content-security-policy'), path).toMatch(
      /^default-src 'none'; frame-ancestors 'none'; sandbox/,
    )
  }
})

test('what is answered before Next.js has a policy, too', async () => {
  const foreign = { method: 'POST', headers: { Origin: 'https://evil.example' } }
  const { status, headers } = await fetch(`${PRODUCT.url}/dashboard/projects`, foreign)
  expect(status).toBe(403)
  expect(headers.get('content-security-policy')).toMatch(
    /^default-src 'none'; img-src 'self'; style-src 'sha256-/,
  )
})
