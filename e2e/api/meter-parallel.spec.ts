import { randomUUID } from 'node:crypto'
import { expectBooksToBalance, watchBooks } from '../fixtures/books'
import { createKeyFor, createPerson, type Person } from '../fixtures/factories'
import { modelCallsWith, uniqueWords } from '../fixtures/model-calls'
import { openForm } from '../fixtures/plain-form'
import { apiWith, expect, test } from '../fixtures/test'
import { tracesOf, usesOf } from '../fixtures/traces'

const AT_ONCE = 64

type Fields = { tool: string; prompt: string; text: string }

/** 64 requests at once, every other one through the form, each with an attempt key of its own. */
async function generateAtOnce(person: Person, fields: Fields) {
  const api = apiWith(await createKeyFor(person))
  const form = await openForm(person, '/dashboard/generate', 'attempt')
  expect(form.hidden.attempt).toMatch(/^[\da-f-]{36}$/)
  const answers = await Promise.all(
    Array.from({ length: AT_ONCE }, async (_, n) => {
      const json = { ...fields, text: `${fields.text} ${n}` }
      if (n % 2 === 0)
        return { door: 'api', status: (await api('/api/generate', { method: 'POST', json })).status }
      const answer = await form.submit({ ...json, attempt: randomUUID() })
      if (answer.status === 303) expect(answer.headers.get('location')).toContain('/dashboard/generations/')
      else expect(await answer.text()).toContain('role="alert"')
      return { door: 'form', status: answer.status }
    }),
  )
  const countOf = (door: string, status: number) =>
    answers.filter((one) => one.door === door && one.status === status).length
  return { countOf, accepted: countOf('api', 200) + countOf('form', 303) }
}

for (const credits of [1, 5]) {
  test(`64 at once on ${credits} credits buy ${credits} summaries, through whichever door`, async () => {
    const person = await createPerson({ credits })
    const words = uniqueWords()
    const { countOf, accepted, seen } = await watchBooks(person.userId, () =>
      generateAtOnce(person, { tool: 'summarize', prompt: '', text: words }),
    )

    expect(accepted).toBe(credits)
    expect(countOf('api', 402)).toBe(AT_ONCE / 2 - countOf('api', 200))
    expect(countOf('form', 200)).toBe(AT_ONCE / 2 - countOf('form', 303))
    await expect.poll(async () => (await tracesOf(person.userId)).entries).toBe(1 + 2 * credits)
    await expectBooksToBalance(person.userId, 0)
    expect(await modelCallsWith(words)).toBe(credits)
    expect(seen.looks).toBeGreaterThan(1)
    expect(seen.lowest).toBeGreaterThanOrEqual(0)
  })

  test(`64 drafts at once on ${credits} credits are charged what they were held for at most`, async () => {
    const person = await createPerson({ credits })
    const words = uniqueWords()
    const { accepted, seen } = await watchBooks(person.userId, () =>
      generateAtOnce(person, { tool: 'draft', prompt: `${words} [[tokens:500]]`, text: '' }),
    )

    // Each holds 4 and costs 2: with 5 credits the first leaves 3, which no second one can hold.
    expect(accepted).toBe(credits === 1 ? 0 : 1)
    await expect.poll(async () => (await tracesOf(person.userId)).entries).toBe(1 + 2 * accepted)
    await expectBooksToBalance(person.userId, credits - 2 * accepted)
    expect(await modelCallsWith(words)).toBe(accepted)
    expect(seen.lowest).toBeGreaterThanOrEqual(0)
  })
}

test('64 at once never exceed the daily limit, and the refused cost nothing', async () => {
  const person = await createPerson({ credits: 100 })
  const { countOf, accepted } = await watchBooks(person.userId, () =>
    generateAtOnce(person, { tool: 'titles', prompt: '', text: uniqueWords() }),
  )

  expect(accepted).toBe(20)
  expect(countOf('api', 429)).toBe(AT_ONCE / 2 - countOf('api', 200))
  await expect.poll(async () => (await tracesOf(person.userId)).entries).toBe(1 + 2 * 20)
  expect(await usesOf(person.userId, 'titles')).toBe(20)
  expect(await tracesOf(person.userId)).toEqual({
    credits: 80,
    attempts: 20,
    uses: 20,
    generations: 20,
    entries: 41,
  })
  await expectBooksToBalance(person.userId, 80)
})

test('failures at once give every credit and every use back', async () => {
  const person = await createPerson({ credits: 3 })
  const { countOf } = await watchBooks(person.userId, () =>
    generateAtOnce(person, { tool: 'summarize', prompt: '', text: `${uniqueWords()} [[fail:500]]` }),
  )

  expect(countOf('api', 200)).toBe(0)
  expect(countOf('api', 502) + countOf('form', 303)).toBeGreaterThanOrEqual(3)
  await expect.poll(() => usesOf(person.userId, 'summarize')).toBe(0)
  await expectBooksToBalance(person.userId, 3)
})
