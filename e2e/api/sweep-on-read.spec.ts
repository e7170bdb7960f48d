import { expectBooksToBalance } from '../fixtures/books'
import { createCookieFor, createKeyFor } from '../fixtures/factories'
import { acceptOnly, expire } from '../fixtures/generations'
import { apiWith, expect, test } from '../fixtures/test'

type Usage = { credits: number }
type Me = { user: { credits: number } }
type Quote = { balance: number }

const reads = [
  { path: '/api/usage', creditsIn: (body: unknown) => (body as Usage).credits },
  { path: '/api/auth/me', creditsIn: (body: unknown) => (body as Me).user.credits },
  {
    path: '/api/generate?dryRun=1',
    creditsIn: (body: unknown) => (body as Quote).balance,
    init: { method: 'POST', json: { prompt: 'A lighthouse' } },
  },
]

for (const { path, creditsIn, init } of reads) {
  test(`${path} gives back what has outlived its lease before it tells the balance`, async ({ writer }) => {
    const api = apiWith(await createKeyFor(writer))
    const read = async () => creditsIn(await (await api(path, init)).json())
    const lost = await acceptOnly(writer)
    const running = await acceptOnly(writer)
    expect(await read()).toBe(12)
    await expire(lost.id)
    expect(await read()).toBe(16)
    await expire(running.id)
    expect(await read()).toBe(20)
    await expectBooksToBalance(writer.userId, 20)
  })
}

test('what a dead instance still holds can be spent', async ({ writer }) => {
  const api = apiWith(await createKeyFor(writer))
  const generate = () => api('/api/generate', { method: 'POST', json: { prompt: 'A lighthouse' } })
  const held = []
  for (let n = 0; n < 5; n++) held.push(await acceptOnly(writer))
  expect((await generate()).status).toBe(402)
  await expire(held[0]?.id ?? '')
  expect((await generate()).status).toBe(200)
  for (const { id } of held) await expire(id)
  await api('/api/usage')
  await expectBooksToBalance(writer.userId, 19)
})

test('the pages tell it too, and what is still held', async ({ writer }) => {
  const { name, value } = await createCookieFor(writer)
  const html = async (path: string) =>
    (await apiWith(null)(path, { headers: { Cookie: `${name}=${value}` } })).text()
  const lost = await acceptOnly(writer)
  const running = await acceptOnly(writer)
  const before = await html('/dashboard/credits')
  expect(before).toContain('You have 12 credits')
  for (const { id } of [lost, running]) expect(before).toContain(`href="/dashboard/generations/${id}"`)

  await expire(lost.id)
  const page = await html('/dashboard/credits')
  expect(page).toContain('You have 16 credits')
  expect(page).toContain('The books balance')
  const holds = /<table[^>]*><caption[^>]*>Open holds<\/caption>[\s\S]*?<\/table>/.exec(page)?.[0]
  expect(holds).toContain(`href="/dashboard/generations/${running.id}"`)
  expect(holds).not.toContain(lost.id)

  await expire(running.id)
  expect(await html('/dashboard')).toContain('>20 credits<')
  expect(await html('/dashboard/credits')).not.toContain('>Open holds<')
})
