import { readFileSync } from 'node:fs'
import { expect, test } from '@playwright/test'
import { openApiDocument } from '@/lib/openapi/document'
import { incompatibilities } from './compatibility'
import { KEPT, keptDocument, written } from './kept'

test('nothing breaks clients of the document that was kept', () => {
  expect(Object.keys((keptDocument() as { paths: object }).paths)).toContain('/api/posts')
  expect(incompatibilities(keptDocument(), openApiDocument())).toEqual([])
})

test('the document that is kept is the one that is served: `npm run openapi` keeps a compatible change', () => {
  expect(readFileSync(KEPT, 'utf8')).toBe(written())
})
