import { expect, test } from '@playwright/test'
import { type ModelProvider, startModelProvider } from '@/e2e/fixtures/model-provider'
import { allClosed, collect, requestWith, settingsFor } from '@/e2e/fixtures/model-testing'
import { AppError, type ErrorCode } from '@/lib/errors'
import { createModel, type ModelSettings } from '@/lib/providers/model'

let provider: ModelProvider
test.beforeAll(async () => {
  provider = await startModelProvider()
})
test.beforeEach(() => provider.reset())
test.afterAll(() => provider.close())

type Failure = {
  marker: string
  code: ErrorCode
  says: RegExp
  partial?: boolean
  /** The one limit that ends it. */
  limit?: Partial<ModelSettings>
}
const failures: Failure[] = [
  { marker: '[[fail:400]]', code: 'provider_failed', says: /could not answer/ },
  { marker: '[[fail:401]]', code: 'provider_failed', says: /refused the key/ },
  { marker: '[[fail:403]]', code: 'provider_failed', says: /refused the key/ },
  { marker: '[[fail:404]]', code: 'provider_failed', says: /does not know the model/ },
  { marker: '[[fail:429]]', code: 'provider_failed', says: /overloaded/ },
  { marker: '[[fail:500]]', code: 'provider_failed', says: /could not answer/ },
  { marker: '[[fail:503]]', code: 'provider_failed', says: /could not answer/ },
  { marker: '[[fail:html]]', code: 'provider_failed', says: /no output/ },
  { marker: '[[fail:text]]', code: 'provider_failed', says: /no output/ },
  { marker: '[[fail:empty]]', code: 'provider_failed', says: /^The model gave no output\.$/ },
  { marker: '[[fail:nothing]]', code: 'provider_failed', says: /^The model gave no output\.$/ },
  { marker: '[[fail:hang]]', code: 'provider_timeout', says: /took too long/, limit: { timeoutMs: 500 } },
  { marker: '[[fail:silent]]', code: 'provider_timeout', says: /took too long/, limit: { timeoutMs: 500 } },
  {
    marker: '[[fail:stall]]',
    code: 'provider_timeout',
    says: /took too long/,
    partial: true,
    limit: { stallMs: 1_500 },
  },
  {
    marker: '[[gate:never]]',
    code: 'provider_timeout',
    says: /took too long/,
    partial: true,
    limit: { timeoutMs: 3_000 },
  },
  { marker: '[[fail:cut]]', code: 'provider_failed', says: /broke off/, partial: true },
  { marker: '[[fail:end]]', code: 'provider_failed', says: /broke off/, partial: true },
  { marker: '[[fail:error-frame]]', code: 'provider_failed', says: /could not answer/, partial: true },
  { marker: '[[fail:bad-json]]', code: 'provider_failed', says: /could not answer/, partial: true },
  { marker: '[[fail:filter]]', code: 'provider_failed', says: /content filter/, partial: true },
  { marker: '[[finish:error]]', code: 'provider_failed', says: /could not answer/, partial: true },
]

for (const { marker, code, says, partial = false, limit = {} } of failures) {
  test(`${marker} is ${code}${partial ? ', after the text that came' : ''}`, async () => {
    const model = createModel(settingsFor(provider, limit))
    const { text, finishes, error } = await collect(model.generate(requestWith(marker)))

    expect(provider.requests().received, 'asked once, never again').toBe(1)
    expect(error).toBeInstanceOf(AppError)
    const failure = error as AppError
    expect(failure.code).toBe(code)
    expect(failure.message).toMatch(says)
    expect(failure.message).not.toContain('sk-')
    expect(failure.cause, 'for the log').toBeDefined()
    if (marker.includes('gate')) expect(text).toMatch(/^# The Lighthouse/)
    else expect(text).toBe(partial ? await expectedText(marker) : '')
    expect(text).not.toContain('on it goes')
    expect(finishes).toEqual([])
    await allClosed(provider)
  })
}

/** The same answer asked for without streaming, which is what a failure in the middle leaves half of. */
async function expectedText(marker: string): Promise<string> {
  const response = await fetch(`${provider.baseUrl}/chat/completions`, {
    method: 'POST',
    body: JSON.stringify({ model: 'any', messages: [{ role: 'user', content: '[[delay:0]]' }] }),
  })
  const { choices } = (await response.json()) as { choices: { message: { content: string } }[] }
  const content = choices[0]?.message.content ?? ''
  expect(content.length).toBeGreaterThan(500)
  return marker.startsWith('[[finish') ? content : content.slice(0, content.length / 2).trimEnd()
}

test('silence after the answer began is noticed long before the time for the whole is up', async () => {
  const model = createModel(settingsFor(provider, { timeoutMs: 600_000, stallMs: 1_500 }))
  const { error, text } = await collect(model.generate(requestWith('[[fail:stall]]')))
  expect(text).toContain('# The Lighthouse Keeper')
  expect(error).toMatchObject({ code: 'provider_timeout' })
})

const unreachable = [
  { what: 'a refused connection', baseUrl: 'http://127.0.0.1:1/v1' },
  { what: 'a name that does not resolve', baseUrl: 'http://provider.invalid/v1' },
]
for (const { what, baseUrl } of unreachable) {
  test(`${what} is provider_failed`, async () => {
    for (const model of ['lighthouse-1', null]) {
      const { error, text } = await collect(
        createModel(settingsFor(provider, { baseUrl, model })).generate(requestWith('')),
      )
      expect(error).toMatchObject({
        code: 'provider_failed',
        message: expect.stringMatching(/could not answer/),
      })
      expect(text).toBe('')
    }
  })
}

test('prints nothing and leaves no rejection unhandled', async () => {
  const noises: unknown[] = []
  const note = (...words: unknown[]) => noises.push(words)
  const original = { ...console }
  Object.assign(console, { error: note, warn: note, log: note, info: note, debug: note })
  process.on('unhandledRejection', note).on('warning', note)
  try {
    for (const marker of ['', ...failures.map((failure) => failure.marker)]) {
      await collect(
        createModel(settingsFor(provider, { timeoutMs: 1_500, stallMs: 500 })).generate(requestWith(marker)),
      )
    }
    for await (const _ of createModel(settingsFor(provider)).generate(requestWith(''))) break
    await new Promise((resolve) => setTimeout(resolve, 50))
  } finally {
    Object.assign(console, original)
    process.off('unhandledRejection', note).off('warning', note)
  }
  expect(provider.requests().received).toBe(failures.length + 2)
  expect(noises).toEqual([])
})
