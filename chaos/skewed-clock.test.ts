import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { expect, test } from '@playwright/test'
import type { ClockTold } from './skewed-clock'

const preload = new URL('./skewed-clock.ts', import.meta.url).href
const DAY_MS = 86_400_000

/** What a process with a wrong clock says of every way to ask for the time. */
const ASK = `
  process.on('message', () => {
    const ways = { now: Date.now(), made: new Date().getTime(), said: Date.parse(Date()) }
    const kind = new Date() instanceof Date && new Date().constructor === Date && new Date(5).getTime() === 5
    process.send({ ways, kind, began: performance.timeOrigin, since: performance.now() })
  })`
type Said = { ways: Record<string, number>; kind: boolean; began: number; since: number }

async function say<Message>(child: ChildProcess, milliseconds: number): Promise<[ClockTold, Message]> {
  const told: unknown[] = []
  const both = new Promise((resolve) => {
    child.on('message', (message) => told.push(message) === 2 && resolve(told))
  })
  child.send(milliseconds)
  await both
  child.removeAllListeners('message')
  return told as [ClockTold, Message]
}

test('a process is given a wrong clock, which can be set while it runs', async () => {
  const startedAt = Date.now()
  const child = spawn('node', ['--import', preload, '--eval', ASK], {
    env: { ...process.env, NODE_OPTIONS: '', CHAOS_CLOCK_MS: String(-400 * DAY_MS) },
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  })
  try {
    const [first] = (await once(child, 'message')) as [ClockTold]
    expect(first.wrongBy).toBe(-400 * DAY_MS)
    expect(first.wallClock + 400 * DAY_MS).toBeGreaterThanOrEqual(startedAt)
    expect(first.wallClock + 400 * DAY_MS).toBeLessThanOrEqual(Date.now())

    let since = 0
    for (const wrongBy of [3 * DAY_MS, -120_000]) {
      const before = Date.now()
      const [told, said] = await say<Said>(child, wrongBy)
      expect(told.wrongBy).toBe(wrongBy)
      for (const [way, at] of Object.entries({ ...said.ways, told: told.wallClock })) {
        // The text of a date has no milliseconds.
        expect(at - wrongBy, way).toBeGreaterThanOrEqual(before - 1_000)
        expect(at - wrongBy, way).toBeLessThanOrEqual(Date.now())
      }
      expect(said.kind).toBe(true)
      // What only goes on is not set, and neither is the beginning.
      expect(said.since).toBeGreaterThan(since)
      expect(said.since).toBeLessThan(Date.now() - startedAt)
      expect(Math.abs(said.began + 400 * DAY_MS - startedAt)).toBeLessThan(DAY_MS)
      since = said.since
    }
  } finally {
    child.kill('SIGKILL')
  }
})
