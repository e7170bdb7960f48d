import { expect, test } from '@playwright/test'
import { readablePath } from '@/lib/http/readable-paths'

const rows: [url: string, is: string][] = [
  ['/', '/'],
  ['/api/posts', '/api/posts'],
  ['/api/posts?q=%', '/api/posts?q=%'],
  ['/api/posts/caf%C3%A9', '/api/posts/caf%C3%A9'],
  ['/api/posts/%', '/api/posts/%25'],
  ['/api/posts/%zz?limit=1', '/api/posts/%25zz?limit=1'],
  ['/api/posts/%ff', '/api/posts/%25ff'],
  ['/api/posts/%E2%82', '/api/posts/%25E2%2582'],
  ['/posts/%', '/posts/%25'],
  ['/api/posts/', '/api/posts'],
  ['/api//posts/?limit=1', '/api/posts?limit=1'],
  ['//api///posts//', '/api/posts'],
  ['/api/', '/api'],
  ['/api/posts/.', '/api/posts'],
  ['/api/posts/../usage?page=1', '/api/usage?page=1'],
  ['/api/posts/%2E%2e/usage/', '/api/usage'],
  ['/api/posts/..%2Fusage', '/api/posts/..%2Fusage'],
  ['/api/posts/...', '/api/posts/...'],
  ['/api/../dashboard', '/api/../dashboard'],
  ['/api/posts/\\', '/api/posts/%5C'],
  ['/api/posts/\\..\\usage', '/api/posts/%5C..%5Cusage'],
  ['/posts/', '/posts/'],
  ['/posts/.', '/posts/.'],
  ['//evil.example/', '//evil.example/'],
  ['/apis/', '/apis/'],
  ['*', '*'],
  ['http://a.example/api/posts?limit=1', '/api/posts?limit=1'],
  ['HTTPS://a.example:8443//api/posts/', '/api/posts'],
  ['http://a.example', '/'],
  ['http://a.example?a=b', '/?a=b'],
  ['/api/http://a.example/b', '/api/http:/a.example/b'],
]

for (const [url, is] of rows) {
  test(`${url} is read as ${is}`, () => expect(readablePath(url)).toBe(is))
}

test('what has been made readable stays as it is', () => {
  for (const [, is] of rows) expect(readablePath(is)).toBe(is)
})

test('a long path costs no more than its length', () => {
  expect(readablePath(`/api/${'%/'.repeat(8_000)}`)).toHaveLength(4 + 8_000 * 4)
})
