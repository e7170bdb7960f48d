import type { ErrorCode } from '@/lib/errors'
import { expectBooksToBalance } from '../fixtures/books'
import { readGeneration } from '../fixtures/generations'
import { modelCallsWith, uniqueWords } from '../fixtures/model-calls'
import { openForm } from '../fixtures/plain-form'
import { expectProblem } from '../fixtures/problem'
import { expect, test } from '../fixtures/test'
import { usesOf } from '../fixtures/traces'

/** Every way the provider can fail before it has said anything, but for silence: resilience/provider waits for that. */
const silent: [fail: string, code: ErrorCode][] = [
  ['500', 'provider_failed'],
  ['503', 'provider_failed'],
  ['429', 'provider_failed'],
  ['401', 'provider_failed'],
  ['404', 'provider_failed'],
  ['413', 'provider_failed'],
  ['html', 'provider_failed'],
  ['text', 'provider_failed'],
  ['empty', 'provider_failed'],
  ['nothing', 'provider_failed'],
]

/** And after half of the answer. */
const halfway: [fail: string, code: ErrorCode][] = [
  ['stall', 'provider_timeout'],
  ['cut', 'provider_failed'],
  ['end', 'provider_failed'],
  ['error-frame', 'provider_failed'],
  ['bad-json', 'provider_failed'],
  ['filter', 'provider_failed'],
]

for (const [fail, code] of silent) {
  test(`[[fail:${fail}]] is ${code}, and gives the credits and the use back`, async ({ api, writer }) => {
    const words = uniqueWords()
    const answer = await api('/api/generate', {
      method: 'POST',
      json: { prompt: `${words} [[fail:${fail}]]` },
    })
    const problem = await expectProblem(answer, code)
    expect(problem.detail).toContain('Nothing was charged')
    // The model is asked once: a retry of ours would be a second bill for the operator.
    expect(await modelCallsWith(words)).toBe(1)
    expect(await readGeneration(api, String(problem.generationId))).toMatchObject({
      status: 'failed',
      result: '',
      credits: { held: 4, charged: 0, balance: 20 },
    })
    expect(await usesOf(writer.userId, 'draft')).toBe(0)
    await expectBooksToBalance(writer.userId, 20)
  })
}

for (const [fail, code] of halfway) {
  test(`[[fail:${fail}]] is ${code}, costs nothing and keeps the text that came`, async ({ api, writer }) => {
    const answer = await api('/api/generate', {
      method: 'POST',
      json: { prompt: `A keeper [[fail:${fail}]]` },
    })
    const problem = await expectProblem(answer, code)
    expect(problem.detail).toContain('text that had arrived is kept')
    const body = await readGeneration(api, String(problem.generationId))
    expect(body).toMatchObject({ status: 'failed', credits: { held: 4, charged: 0, balance: 20 } })
    expect(body.result).toMatch(/^# The Lighthouse Keeper/)
    expect(body.result).not.toMatch(/out to sea|and on it goes/)
    // What was delivered was a use, though it cost nothing.
    expect(await usesOf(writer.userId, 'draft')).toBe(1)
    await expectBooksToBalance(writer.userId, 20)
  })
}

test('a failure is the same failure through the form and through the API', async ({ api, writer }) => {
  const form = await openForm(writer, '/dashboard/generate', 'attempt')
  const posted = await form.submit({
    tool: 'draft',
    prompt: 'A keeper [[fail:500]]',
    text: '',
    projectId: '',
  })
  expect(posted.status).toBe(303)
  const id = posted.headers.get('location')?.split('/').at(-1) ?? ''
  await expect.poll(async () => (await readGeneration(api, id)).status).toBe('failed')
  const answer = await api(`/api/generate/${id}`, { headers: { Accept: 'text/event-stream' } })
  expect(await answer.text()).toContain('"code":"provider_failed"')
  const called = await api('/api/generate', { method: 'POST', json: { prompt: 'A keeper [[fail:500]]' } })
  await expectProblem(called, 'provider_failed')
  await expectBooksToBalance(writer.userId, 20)
})
