import { query, sql } from '@/lib/sql'
import { createPerson } from '../fixtures/factories'
import { openForm } from '../fixtures/plain-form'
import { expect, test } from '../fixtures/test'
import { tracesOf } from '../fixtures/traces'

test.afterAll(async () => {
  await query(sql`UPDATE tool_policies SET hold = 4 WHERE tool = 'draft' AND tier = 'pro'`)
})

test('a price that was raised since the form was made is asked about again', async () => {
  // Nobody else among the tests drafts as `pro`, so that this price can be changed under them.
  const writer = await createPerson({ tier: 'pro' })
  const form = await openForm(writer, '/dashboard/generate', 'prompt')
  expect(form.hidden.quotes).toContain('draft:4')
  const untouched = await tracesOf(writer.userId)

  await query(sql`UPDATE tool_policies SET hold = 5 WHERE tool = 'draft' AND tier = 'pro'`)
  const refused = await form.submit({ tool: 'draft', prompt: 'A lighthouse' })
  expect(refused.status).toBe(200)
  const page = await refused.text()
  expect(page).toContain('The price is 5 credits by now')
  expect(page).toContain('A lighthouse')
  expect(page).toContain('draft:5')
  expect(await tracesOf(writer.userId)).toEqual(untouched)

  const accepted = await form.submit({ tool: 'draft', prompt: 'A lighthouse', quotes: 'draft:5' })
  expect(accepted.status).toBe(303)
})
