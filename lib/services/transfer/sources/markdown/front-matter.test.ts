import { readFileSync } from 'node:fs'
import { expect, test } from '@playwright/test'
import { stringify } from 'yaml'
import { readFields } from '@/lib/services/transfer/sources/markdown/fields'
import { readFrontMatter } from '@/lib/services/transfer/sources/markdown/front-matter'

test('the example in the guide is a post as it is exported, and is read whole', () => {
  const [, example = ''] = /```text\n([\s\S]*?)```/.exec(readFileSync('docs/transfer.md', 'utf8')) ?? []
  const { fields, content } = readFrontMatter(example, 'the-lamp.md')
  expect(`---\n${stringify(fields, { lineWidth: 0 })}---\n${content}`).toBe(example)
  expect(content).toBe('\n![The lamp at night](../pictures/0190…/lamp.jpg)\n')
  expect(readFields(fields, null, true)).toEqual({
    title: 'The lamp',
    slug: 'the-lamp',
    excerpt: 'Of light at sea.',
    formerSlugs: ['the-old-lamp'],
    createdAt: new Date('2024-03-05T10:00:00Z'),
    updatedAt: new Date('2024-03-06T10:00:00Z'),
    publishedAt: new Date('2024-03-05T12:00:00Z'),
    publishAt: null,
    tags: ['Lamps'],
    cover: { address: '../pictures/0190…/lamp.jpg', alt: '' },
    status: 'published',
    trashed: false,
    remarks: [],
  })
})
