import { expect, test } from '@playwright/test'
import { embeddedIn } from '@/e2e/fixtures/database'
import { withEmptyDatabase } from '@/e2e/fixtures/databases'
import { PRODUCT } from '@/e2e/fixtures/env'
import { listen, subscribe } from '@/lib/events'
import { query, sql } from '@/lib/sql'

test('a connection on which the server has fallen silent is replaced, and notices are heard again', async () => {
  await withEmptyDatabase(async (database) => {
    const troubles: string[] = []
    const stopListening = listen(
      { ...embeddedIn(PRODUCT.dataDir), database },
      ({ message }) => troubles.push(message),
      { every: 200, within: 300 },
    )
    let heard = 0
    const quiet = subscribe('ended:x', () => heard++)
    const untilHeard = () =>
      expect(async () => {
        heard = 0
        await query(sql`SELECT pg_notify('inkwell', 'ended:x')`)
        await expect.poll(() => heard, { timeout: 200 }).toBeGreaterThan(0)
      }).toPass()
    const listeners = () =>
      query<{ pid: number }>(sql`
        SELECT pid FROM pg_stat_activity
        WHERE application_name = 'inkwell listener' AND datname = current_database()`)
    await untilHeard()
    const [listener, ...others] = await listeners()
    if (!listener || others.length > 0) throw new Error('there is one listener')
    process.kill(listener.pid, 'SIGSTOP')
    try {
      await untilHeard()
    } finally {
      process.kill(listener.pid, 'SIGCONT')
    }
    expect(troubles).toContain('Query read timeout')
    await expect.poll(async () => (await listeners()).map(({ pid }) => pid)).not.toContain(listener.pid)
    quiet()
    await stopListening()
  })
})
