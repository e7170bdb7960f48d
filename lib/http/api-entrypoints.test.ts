import { expect, test } from '@playwright/test'
import { apiRoutes, namesParameters } from './api-entrypoints'

const BUILT = {
  '/api/[[...path]]/route': 'all.js',
  '/api/posts/[id]/route': 'one.js',
  '/api/posts/route': 'posts.js',
  '/api/generate/[id]/stop/route': 'stop.js',
  '/api/openapi.json/route': 'document.js',
  '/api/docs/page': 'page.js',
  '/api/(group)/grouped/route': 'grouped.js',
  '/dashboard/posts/keep/route': 'keep.js',
}

function take(path: string) {
  for (const { pattern, file } of apiRoutes(BUILT)) {
    const match = pattern.exec(path)
    if (match) return { file, params: { ...match.groups } }
  }
  return null
}

test('a plain path comes to its route, and tells the parameters in it', () => {
  expect(take('/api/posts')).toEqual({ file: 'posts.js', params: {} })
  expect(take('/api/posts/0199-a_b')).toEqual({ file: 'one.js', params: { id: '0199-a_b' } })
  expect(take('/api/generate/7/stop')).toEqual({ file: 'stop.js', params: { id: '7' } })
  expect(take('/api/openapi.json')).toEqual({ file: 'document.js', params: {} })
})

test('whatever else there is goes the long way', () => {
  for (const path of [
    '/api',
    '/api/nothing',
    '/api/docs',
    '/api/openapiXjson',
    '/api/posts/',
    '/api//posts',
    '/api/%70osts',
    '/api/posts/a%2Fb',
    '/api/posts/a/b',
    '/dashboard/posts/keep',
    '/x/api/posts',
    '/api/group/grouped',
    '/api/grouped',
  ])
    expect(take(path), path).toBeNull()
})

test('a query that names parameters of a path is told from one that does not', () => {
  for (const search of ['nxtPid=1', 'a=1&nxtPid=1', '%6extPid=1', 'nxtIid=1', 'nxtP'])
    expect(namesParameters(search), search).toBe(true)
  for (const search of ['', 'q=nxtPid', 'limit=1', 'next=1', 'xnxtPid=1'])
    expect(namesParameters(search), search).toBe(false)
})
