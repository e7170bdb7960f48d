import { expect, test } from '@/e2e/fixtures/own-database'
import { startMaintenance } from '@/lib/services/maintenance'
import { query, sql, transaction } from '@/lib/sql'

const left = () => query(sql`SELECT FROM rate_limits`)

test.beforeEach(async () => {
  await query(sql`INSERT INTO rate_limits (key, points, expire) VALUES ('old', 1, 0) ON CONFLICT DO NOTHING`)
})

test('a chore that fails keeps no other one from being done', async () => {
  await query(sql`ALTER TABLE posts RENAME TO away`)
  await query(sql`ALTER TABLE generations RENAME TO gone`)
  const stop = startMaintenance()
  try {
    await expect.poll(left).toEqual([])
  } finally {
    await stop(5_000)
    await query(sql`ALTER TABLE away RENAME TO posts`)
    await query(sql`ALTER TABLE gone RENAME TO generations`)
  }
})

test('a chore that takes long holds up no other one, and is waited for at the end', async () => {
  await query(sql`DELETE FROM attempts`)
  await query(sql`
    INSERT INTO attempts (subject, key, fingerprint, resource_id, created_at)
    SELECT 'x', 'x', 'x', gen_random_uuid(), now() - interval '2 days'`)
  let stopped = false
  let stopping: Promise<void> | undefined
  await transaction(async (run) => {
    await run(sql`LOCK TABLE rate_limits`)
    const stop = startMaintenance()
    await expect.poll(() => query(sql`SELECT FROM attempts`)).toEqual([])
    await stop(0)
    stopping = stop(60_000).then(() => {
      stopped = true
    })
    const [me] = await run<{ pid: number }>(sql`SELECT pg_backend_pid() AS pid`)
    const waiting = sql`SELECT FROM pg_stat_activity WHERE ${me?.pid} = ANY (pg_blocking_pids(pid))`
    await expect.poll(() => query(waiting)).toHaveLength(1)
    expect(stopped).toBe(false)
  })
  await stopping
  expect(await left()).toEqual([])
})
