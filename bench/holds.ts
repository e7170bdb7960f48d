import { randomUUID } from 'node:crypto'
import { pool } from '@/lib/db'
import { newId } from '@/lib/ids'
import { generateInput } from '@/lib/schemas/generations'
import { grant } from '@/lib/services/credits'
import { accept } from '@/lib/services/generations/accept'
import type { Viewer } from '@/lib/services/viewer'
import { query, sql } from '@/lib/sql'
import { rounds } from './measure'

/**
 * Holds per second: accept() with all its checks, against the same five rows written by bare `pg` in one
 * statement that checks nothing. 32 callers, each with an account of its own.
 */
export async function benchHolds(): Promise<void> {
  const viewers = await Promise.all(Array.from({ length: 32 }, makeViewer))
  const input = generateInput.parse({ tool: 'summarize', text: 'A text to summarise.' })
  const options = {
    key: null,
    quoted: null,
    brief: '',
    leaseMs: 3_600_000,
    model: { name: 'bench', basic: true },
  }
  await rounds('holds', {
    'bare pg, one statement': (n) => writeRows(viewers[n % 32] as Viewer),
    'accept()': (n) => accept(viewers[n % 32] as Viewer, input, { ...options, id: newId() }),
  })
}

async function makeViewer(): Promise<Viewer> {
  const userId = newId()
  const email = `${userId}@example.com`
  await query(
    sql`INSERT INTO users (id, email, name, password_hash, tier) VALUES (${userId}, ${email}, 'Bench', '-', 'unlimited')`,
  )
  await grant({ userId, amount: 1_000_000, reason: 'For a benchmark' })
  return {
    userId,
    email,
    name: 'Bench',
    role: 'writer',
    tier: 'unlimited',
    credential: { kind: 'session', sessionId: '' },
  }
}

function writeRows({ userId }: Viewer): Promise<unknown> {
  return pool().query({
    name: 'bench-bare',
    text: `WITH a AS (
        INSERT INTO attempts (subject, key, fingerprint, resource_id) VALUES ($5, $2, $3, $4)
      ), u AS (
        INSERT INTO daily_uses (subject, tool, day, used) VALUES ($5, 'summarize', current_date, 1)
        ON CONFLICT (subject, tool, day) DO UPDATE SET used = daily_uses.used + 1
      ), d AS (
        UPDATE users SET credits = credits - 1 WHERE id = $1 RETURNING credits
      ), g AS (
        INSERT INTO generations (id, owner_id, tool, prompt, text, model, basic, held, day, lease_until)
        VALUES ($4, $1, 'summarize', '', 'A text to summarise.', 'bench', true, 1, current_date, now() + interval '1 hour')
      )
      INSERT INTO ledger_entries (user_id, kind, amount, balance, generation_id, reason)
      SELECT $1, 'hold', -1, credits, $4, 'Summarise a text' FROM d`,
    values: [userId, randomUUID(), Buffer.alloc(32), newId(), userId],
  })
}
