import { expect, test } from '@playwright/test'
import { env } from '@/lib/env'
import { isSameOrigin } from '@/lib/http/same-origin'

const OURS = env().APP_URL
const HOST = '192.0.2.1:8443'

const rows: { headers: Record<string, string>; ours: boolean }[] = [
  { headers: { 'Sec-Fetch-Site': 'same-origin' }, ours: true },
  { headers: { 'Sec-Fetch-Site': 'none' }, ours: true },
  { headers: { 'Sec-Fetch-Site': 'same-site', Origin: OURS }, ours: false },
  { headers: { 'Sec-Fetch-Site': 'cross-site', Origin: OURS, Referer: OURS }, ours: false },
  { headers: { 'Sec-Fetch-Site': '' }, ours: false },
  { headers: { Origin: OURS }, ours: true },
  { headers: { Origin: `http://${HOST}` }, ours: true },
  { headers: { Origin: 'http://192.0.2.1' }, ours: false },
  { headers: { Origin: 'https://evil.example' }, ours: false },
  { headers: { Origin: 'null' }, ours: false },
  { headers: { Origin: 'null', Referer: OURS }, ours: false },
  { headers: { Origin: '' }, ours: false },
  { headers: { Origin: 'https://evil.example', Referer: OURS }, ours: false },
  { headers: { Referer: `${OURS}/dashboard?a=b` }, ours: true },
  { headers: { Referer: `https://evil.example/${OURS}` }, ours: false },
  { headers: { Referer: `${OURS}.evil.example/` }, ours: false },
  { headers: { Referer: `http://${HOST}@evil.example/` }, ours: false },
  { headers: { Referer: 'nonsense' }, ours: false },
  { headers: {}, ours: false },
]

for (const { headers, ours } of rows) {
  test(`${JSON.stringify(headers)} is ${ours ? 'ours' : 'foreign'}`, () => {
    expect(isSameOrigin(new Headers({ Host: HOST, ...headers }))).toBe(ours)
  })
}

test('a page of no host is never taken for a request without one', () => {
  expect(isSameOrigin(new Headers({ Origin: 'file://' }))).toBe(false)
  expect(isSameOrigin(new Headers({ Origin: 'data:text/html,hello', Host: '' }))).toBe(false)
})
