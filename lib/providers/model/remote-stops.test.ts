import { expect, test } from '@playwright/test'
import { type ModelProvider, startModelProvider } from '@/e2e/fixtures/model-provider'
import { allClosed, collect, requestWith, settingsFor } from '@/e2e/fixtures/model-testing'
import { createModel } from '@/lib/providers/model'

let provider: ModelProvider
test.beforeAll(async () => {
  provider = await startModelProvider()
})
test.beforeEach(() => provider.reset())
test.afterAll(() => provider.close())

test('an abort ends it with its reason, and closes the connection', async () => {
  // Nothing else would end any of these.
  for (const marker of ['[[fail:hang]]', '[[fail:silent]]', '[[fail:stall]]', '[[gate:never]]']) {
    provider.reset()
    const stop = new AbortController()
    const reason = new Error('stopped by its owner')
    const texts: string[] = []
    const collecting = collect(
      createModel(settingsFor(provider)).generate(requestWith(marker, { signal: stop.signal })),
      texts,
    )
    await expect.poll(() => provider.requests().open).toBe(1)
    const begun = /hang|silent/.test(marker) ? '' : '# The'
    await expect.poll(() => texts.join('')).toContain(begun)

    stop.abort(reason)
    const { error, finishes } = await collecting
    expect(error, marker).toBe(reason)
    expect(finishes).toEqual([])
    await allClosed(provider)
    expect(provider.requests()).toMatchObject({ received: 1, closedByClient: 1 })
  }
})

test('a signal that is aborted already asks nobody', async () => {
  const { error } = await collect(
    createModel(settingsFor(provider)).generate(requestWith('', { signal: AbortSignal.abort('no') })),
  )
  expect(error).toBe('no')
  expect(provider.requests().received).toBe(0)
})

test('leaving the loop closes the connection', async () => {
  for await (const event of createModel(settingsFor(provider)).generate(requestWith('[[gate:never]]'))) {
    expect(event.type).toBe('text')
    expect(provider.requests().open).toBe(1)
    break
  }
  await allClosed(provider)
  expect(provider.requests().closedByClient).toBe(1)
})

test('return() ends a next() that waits for a silent model', async () => {
  const events = createModel(settingsFor(provider))
    .generate(requestWith('[[fail:hang]]'))
    [Symbol.asyncIterator]()
  const waiting = events.next()
  await expect.poll(() => provider.requests().open).toBe(1)
  await events.return?.()
  expect(await waiting).toEqual({ done: true, value: undefined })
  await allClosed(provider)
  expect(provider.requests().closedByClient).toBe(1)
})

test('a consumer that is slow is no silence, and loses nothing of what came', async () => {
  for (const { marker, stallMs } of [
    { marker: '', stallMs: 1_000 },
    { marker: '[[fail:cut]]', stallMs: 600_000 },
  ]) {
    const texts: string[] = []
    let error: unknown
    try {
      for await (const event of createModel(settingsFor(provider, { stallMs })).generate(
        requestWith(marker),
      )) {
        if (event.type === 'text') texts.push(event.text)
        await new Promise((resolve) => setTimeout(resolve, texts.length < 3 ? 1_200 : 10))
      }
    } catch (caught) {
      error = caught
    }
    expect(texts).toHaveLength(12)
    if (marker) expect(error).toMatchObject({ code: 'provider_failed' })
    else expect(error).toBeUndefined()
  }
})

test('a server that ignores the ceiling is stopped', async () => {
  const { text, finishes, error } = await collect(
    createModel(settingsFor(provider)).generate(requestWith('[[chunks:60]]', { maxOutputTokens: 10 })),
  )
  expect(error).toBeUndefined()
  expect(finishes).toEqual([{ type: 'finish', usage: null }])
  expect(text.length).toBeGreaterThan(160)
  expect(text.length).toBeLessThan(200)
  await allClosed(provider)
  expect(provider.requests().closedByClient).toBe(1)
})
