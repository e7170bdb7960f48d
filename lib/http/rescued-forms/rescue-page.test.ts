import { expect, test } from '@playwright/test'
import '@/e2e/fixtures/next-modules'

const written: { name: string; fields: Record<string, string>; holds: boolean }[] = [
  { name: 'two words', fields: { brief: 'Plain words.' }, holds: true },
  {
    name: 'Japanese, which has no spaces',
    fields: { brief: '港の朝は早い。漁師たちは暗いうちに船を出す。' },
    holds: true,
  },
  { name: 'Thai', fields: { brief: 'ท่าเรือตื่นแต่เช้า' }, holds: true },
  { name: 'one word', fields: { tool: 'draft', name: 'Lighthouse', title: '港' }, holds: false },
  {
    name: 'addresses, times and choices',
    fields: { email: 'ada@example.org', scope: 'posts:read', publishAt: '2026-01-01T09:00', slug: 'the-sea' },
    holds: false,
  },
  {
    name: 'what the page itself has put in',
    fields: {
      $ACTION_KEY: 'two words',
      quotes: 'draft:4 rewrite:2',
      briefBefore: 'Two words.',
      coverUploadId: '',
    },
    holds: false,
  },
]
for (const { name, fields, holds } of written) {
  test(`a form with ${name} holds ${holds ? 'somebody’s' : 'nobody’s'} writing`, async () => {
    const { holdsWriting } = await import('@/lib/http/rescued-forms/rescue-page')
    const form = new FormData()
    for (const [field, value] of Object.entries(fields)) form.set(field, value)
    expect(holdsWriting(form)).toBe(holds)
  })
}
