import { createPerson } from '@/e2e/fixtures/factories'
import { expect, test } from '@/e2e/fixtures/own-database'
import { newId } from '@/lib/ids'
import { giveBack, type Held, insertImport, takeOver } from '@/lib/services/transfer/import/row'
import { query, sql } from '@/lib/sql'

test('an import that is given back waits and does not count as begun; one that is lost does', async () => {
  const { userId: ownerId } = await createPerson({ name: 'Ada' })
  let held: Held = { id: newId(), ownerId, filename: 'a.zip', site: null, fence: 1 }
  await insertImport(query, held, true)
  const takeAfterLease = async () => {
    await query(sql`UPDATE imports SET lease_until = now() - interval '1 second'`)
    return (await takeOver())[0] ?? null
  }
  for (let outage = 1; outage <= 7; outage++) {
    await giveBack(held, 3_600)
    expect(await takeOver()).toEqual([])
    const taken = await takeAfterLease()
    expect(taken).toMatchObject({ id: held.id, fence: outage + 1 })
    if (taken) held = taken
  }
  for (let loss = 1; loss <= 4; loss++) expect(await takeAfterLease()).toMatchObject({ id: held.id })
  expect(await takeAfterLease()).toBeNull()
  expect(await query(sql`SELECT status, error FROM imports`)).toEqual([
    { status: 'failed', error: 'It was begun again and again, and the server stopped each time.' },
  ])
})
