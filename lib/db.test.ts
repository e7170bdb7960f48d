import { expect, test } from '@playwright/test'
import pg from 'pg'
import { withEmptyDatabase } from '@/e2e/fixtures/databases'
import { db, pool } from '@/lib/db'
import { asUnavailable } from '@/lib/db-errors'
import { query, sql, transaction } from '@/lib/sql'

const PID = sql`SELECT pg_backend_pid() AS pid`
type Pid = { pid: number }

/** Each asks, has the process that serves it stopped, and asks again. */
const ways: { name: string; ask: (stop: (rows: Pid[]) => void) => Promise<unknown> }[] = [
  {
    name: 'a statement',
    ask: async (stop) => {
      stop(await query<Pid>(PID))
      return query(sql`SELECT 1`)
    },
  },
  {
    name: 'a transaction',
    ask: (stop) =>
      transaction(async (run) => {
        stop(await run<Pid>(PID))
        return run(sql`SELECT 1`)
      }),
  },
  {
    name: 'a transaction of Prisma’s',
    ask: (stop) =>
      db().$transaction(async (prisma) => {
        stop(await prisma.$queryRaw<Pid[]>`SELECT pg_backend_pid() AS pid`)
        return prisma.$queryRaw`SELECT 1 AS one`
      }),
  },
]

for (const { name, ask } of ways) {
  test(`${name} that nobody answers ends in time, and its connection with it`, async () => {
    const stopped: number[] = []
    await withEmptyDatabase(
      async () => {
        try {
          const failure = await ask((rows) => {
            for (const { pid } of rows) stopped.push(pid)
            for (const pid of stopped) process.kill(pid, 'SIGSTOP')
          }).catch((error: unknown) => error)
          expect(asUnavailable(failure)).toMatchObject({ code: 'unavailable' })
          await expect.poll(() => pool().totalCount).toBe(0)
        } finally {
          for (const pid of stopped) process.kill(pid, 'SIGCONT')
        }
        expect(stopped).toHaveLength(1)
        expect(stopped).not.toContain((await query<Pid>(PID))[0]?.pid)
      },
      { server: 10_000, client: 300 },
    )
  })
}

test('times are read as pg reads them, in whichever zone the server writes them', async () => {
  await withEmptyDatabase(async () => {
    const texts = [
      '2026-11-26 15:10:10.123456+00',
      '2026-11-26 15:10:10.1+00',
      '2026-11-26 15:10:10+00',
      '0001-01-01 00:00:00+00',
      '0044-03-15 12:00:00+00 BC',
      '12026-01-01 00:00:00+00',
      'infinity',
    ]
    for (const zone of ['UTC', 'Asia/Kolkata', 'America/New_York']) {
      const rows = await transaction(async (query) => {
        await query(sql`SELECT set_config('TimeZone', ${zone}, true)`)
        return query<{ time: Date | number; text: string }>(
          sql`SELECT t::timestamptz AS time, t::timestamptz::text AS text FROM unnest(${texts}::text[]) t`,
        )
      })
      expect(rows).toHaveLength(texts.length)
      const read = pg.types.getTypeParser(pg.types.builtins.TIMESTAMPTZ)
      for (const { time, text } of rows) expect(time, text).toEqual(read(text))
    }
  })
})
