import manifest from '@/package.json' with { type: 'json' }
import { createKeyFor, createPerson } from '../fixtures/factories'
import { expectProblem } from '../fixtures/problem'
import { apiWith, expect, test } from '../fixtures/test'
import { setUses } from '../fixtures/traces'

const TOOLS = [
  { tool: 'draft', hold: 4 },
  { tool: 'rewrite', hold: 2 },
  { tool: 'summarize', hold: 1 },
  { tool: 'titles', hold: 1 },
]
const LIMITS = { free: 20, pro: 200, unlimited: -1 } as const

for (const tier of ['free', 'pro', 'unlimited'] as const) {
  test(`usage of the tier ${tier}`, async () => {
    const person = await createPerson({ tier, credits: 7 })
    await setUses(person.userId, 'titles', 3)
    const answer = await apiWith(await createKeyFor(person))('/api/usage')
    expect(await answer.json()).toEqual({
      credits: 7,
      tier,
      tools: TOOLS.map(({ tool, hold }) => ({
        tool,
        limit: LIMITS[tier],
        used: tool === 'titles' ? 3 : 0,
        resetsAt: expect.stringMatching(/T00:00:00\.000Z$/),
        hold,
      })),
    })
    expect(answer.headers.get('cache-control')).toBe('no-store')
  })
}

test('me is the caller, without anything secret', async ({ api, writer }) => {
  const answer = await api('/api/auth/me')
  const { userId: id, email, name } = writer
  expect(await answer.json()).toEqual({
    user: { id, email, name, tier: 'free', role: 'writer', credits: 20 },
  })
  expect(answer.headers.get('cache-control')).toBe('no-store')
})

test('health is live and ready, and tells nothing else', async () => {
  const nobody = apiWith(null)
  for (const path of ['/api/health', '/api/health?ready=1', '/api/health?ready=0']) {
    const answer = await nobody(path)
    expect({ status: answer.status, body: await answer.json() }).toEqual({
      status: 200,
      body: { status: 'ok', version: manifest.version },
    })
  }
  await expectProblem(await nobody('/api/health?ready=perhaps'), 'invalid')
  // It is asked every few seconds, and must not depend on who asks.
  expect((await apiWith('ink_no')('/api/health')).status).toBe(200)
})
