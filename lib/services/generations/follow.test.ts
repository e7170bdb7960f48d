import { embeddedIn } from '@/e2e/fixtures/database'
import { BASIC } from '@/e2e/fixtures/env'
import { createPerson } from '@/e2e/fixtures/factories'
import { acceptOnly, close, succeeded } from '@/e2e/fixtures/generations'
import { expect, test } from '@/e2e/fixtures/own-database'
import { listen } from '@/lib/events'
import { storeChunk } from '@/lib/services/generations/chunks'
import { closeIn } from '@/lib/services/generations/close'
import { follow } from '@/lib/services/generations/follow'
import { closeLiveText, openLiveText } from '@/lib/services/generations/live-text'
import { subjectKey } from '@/lib/services/subject'
import { query, sql, transaction } from '@/lib/sql'

test('what was stored before the end is never missed, however soon the end comes', async () => {
  const person = await createPerson({ tier: 'unlimited', credits: 1_000 })
  const [here] = await query<{ database: string }>(sql`SELECT current_database() AS database`)
  const stopListening = listen({ ...embeddedIn(BASIC.dataDir), database: here?.database ?? '' }, () => {})
  const { signal } = new AbortController()
  const read = async (id: string) => {
    const texts: string[] = []
    for await (const { text } of follow(person, id, 0, signal)) texts.push(text)
    return texts.join('')
  }
  for (let round = 0; round < 100; round++) {
    const claim = await acceptOnly(person)
    // None of them is where it runs, so all look into the database, and some in the very moment of the end.
    const readers = Array.from({ length: 12 }, () => read(claim.id))
    await transaction(async (run) => {
      await run(
        sql`INSERT INTO generation_chunks (generation_id, seq, text) VALUES (${claim.id}, 1, 'All of it.')`,
      )
      await closeIn(run, claim, succeeded)
    })
    readers.push(read(claim.id))
    expect(await Promise.all(readers)).toEqual(readers.map(() => 'All of it.'))
  }
  await stopListening()
})

test('a piece whose writer was not told that it is stored is read, too', async () => {
  const person = await createPerson()
  const { signal } = new AbortController()
  const claim = await acceptOnly(person)
  const live = openLiveText(claim.id, subjectKey(person))
  const seen: string[] = []
  const reading = (async () => {
    for await (const { text } of follow(person, claim.id, 0, signal)) seen.push(text)
  })()
  await storeChunk(claim, { seq: 1, text: 'The lamp ' })
  live.add('The lamp ')
  await expect.poll(() => seen).toEqual(['The lamp '])
  // The connection breaks after the commit: stored, and the instance doesn't know.
  await storeChunk(claim, { seq: 2, text: 'is lit.' })
  await close(claim, succeeded)
  closeLiveText(claim.id, 'in doubt')
  await reading
  expect(seen).toEqual(['The lamp ', 'is lit.'])
})

test('who has gone before the reading begins is not waited for', async () => {
  const person = await createPerson()
  const claim = await acceptOnly(person)
  // It runs here, so that only its text or its end would wake who waits for it.
  openLiveText(claim.id, subjectKey(person))
  const reading = follow(person, claim.id, 0, AbortSignal.abort(new Error('gone')))
  await expect(reading.next()).rejects.toThrow('gone')
  closeLiveText(claim.id, 'whole')
  await close(claim, succeeded)
})
