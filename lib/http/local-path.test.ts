import { expect, test } from '@playwright/test'
import { localPath } from '@/lib/http/local-path'

const kept = [
  '/',
  '/dashboard',
  '/dashboard/posts?status=draft&page=2#top',
  '/posts/a%2Fb',
  '/@somebody',
  '/search?next=https://evil.example',
  '/a//b',
  '/%2F%2Fevil.example',
]

for (const path of kept) test(`keeps ${path}`, () => expect(localPath(path)).toBe(path))

const refused = [
  undefined,
  '',
  'dashboard',
  'https://evil.example',
  'HTTPS:evil.example',
  '//evil.example',
  '///evil.example',
  '////evil.example',
  '/\\evil.example',
  '\\\\evil.example',
  '\\/evil.example',
  '/\t/evil.example',
  '/\n/evil.example',
  '/\r\n/evil.example',
  '\t//evil.example',
  ' //evil.example',
  '/\t\\evil.example',
  '//evil.example:80@localhost',
  '//localhost@evil.example',
  '/..//evil.example',
  '/.//evil.example',
  '/a/..//evil.example',
  '/%2e%2e//evil.example',
  '/./\\evil.example',
  'javascript:alert(1)',
  'data:text/html,<script>alert(1)</script>',
  '//[::1',
]

for (const path of refused) {
  test(`goes home for ${JSON.stringify(path)}`, () => expect(localPath(path)).toBe('/dashboard'))
}

test('whatever it answers stays here, read by a browser once more', () => {
  const here = 'https://inkwell.example'
  for (const path of [...kept, ...refused])
    expect(new URL(localPath(path), here).origin, JSON.stringify(path)).toBe(here)
})

test('goes where the caller says instead', () => expect(localPath('//evil.example', '/login')).toBe('/login'))
