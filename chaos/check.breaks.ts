/** What it takes to break each promise on purpose: the guards of the database go first. */
type Break = { invariant: string; what: string; by: string; statements: string[] }

export const appendOnly = 'ALTER TABLE ledger_entries DISABLE TRIGGER ledger_entries_append_only'
const dropChecks = (table: string) => `DO $$ DECLARE c record; BEGIN
  FOR c IN SELECT conname FROM pg_constraint WHERE conrelid = '${table}'::regclass AND contype IN ('c', 'f') LOOP
    EXECUTE format('ALTER TABLE ${table} DROP CONSTRAINT %I', c.conname);
  END LOOP; END $$`
const ofDone = `generation_id = (SELECT id FROM generations WHERE status = 'succeeded')`
const copyEntry = (kind: string, amount = 'amount') => `
  INSERT INTO ledger_entries (user_id, kind, amount, balance, generation_id, reason, ref, created_at)
  SELECT user_id, kind, ${amount}, balance, generation_id, reason, ref, created_at FROM ledger_entries WHERE ${kind}`

export const BREAKS: Break[] = [
  {
    invariant: 'M1',
    what: 'credits are not the sum of the ledger',
    by: 'a balance changed alone',
    statements: ['UPDATE users SET credits = credits + 1'],
  },
  {
    invariant: 'M1',
    what: 'the balance of an entry is not the running sum',
    by: 'an entry’s balance changed',
    statements: [appendOnly, `UPDATE ledger_entries SET balance = balance + 1 WHERE kind = 'settle'`],
  },
  {
    invariant: 'M2',
    what: 'credits are below zero',
    by: 'a balance set below zero',
    statements: [dropChecks('users'), 'UPDATE users SET credits = -1'],
  },
  {
    invariant: 'M2',
    what: 'the balance of an entry is below zero',
    by: 'an entry set below zero',
    statements: [appendOnly, dropChecks('ledger_entries'), 'UPDATE ledger_entries SET balance = -1'],
  },
  {
    invariant: 'M3',
    what: 'not exactly one hold',
    by: 'a second hold',
    statements: ['DROP INDEX ledger_entries_one_hold', copyEntry(`kind = 'hold' AND ${ofDone}`)],
  },
  {
    invariant: 'M3',
    what: 'not exactly one hold',
    by: 'no hold',
    statements: [appendOnly, `DELETE FROM ledger_entries WHERE kind = 'hold' AND ${ofDone}`],
  },
  {
    invariant: 'M3',
    what: 'not exactly one closing entry',
    by: 'a second settlement',
    statements: ['DROP INDEX ledger_entries_one_close', copyEntry(`kind = 'settle'`)],
  },
  {
    invariant: 'M3',
    what: 'not exactly one closing entry',
    by: 'a settlement of another amount',
    statements: [appendOnly, `UPDATE ledger_entries SET amount = amount - 1 WHERE kind = 'settle'`],
  },
  {
    invariant: 'M3',
    what: 'an entry was not written in the moment',
    by: 'an entry of another time',
    statements: [
      appendOnly,
      `UPDATE ledger_entries SET created_at = now() + interval '1 s' WHERE kind = 'settle'`,
    ],
  },
  {
    invariant: 'M3',
    what: 'charged more than held',
    by: 'a charge for a failure',
    statements: [dropChecks('generations'), `UPDATE generations SET charged = 1 WHERE status = 'failed'`],
  },
  {
    invariant: 'M4',
    what: 'still running past its lease',
    by: 'a lease long over',
    statements: [`UPDATE generations SET lease_until = now() - interval '1 min' WHERE status = 'running'`],
  },
  {
    invariant: 'M5',
    what: 'one request made two generations',
    by: 'the same request twice',
    statements: [`UPDATE generations SET prompt = 'the same' WHERE owner_id IS NOT NULL`],
  },
  {
    invariant: 'M5',
    what: 'a generation under two attempt keys',
    by: 'a second key',
    statements: [
      `INSERT INTO attempts (subject, key, fingerprint, resource_id)
       SELECT subject, key || '2', fingerprint, resource_id FROM attempts`,
    ],
  },
  {
    invariant: 'M6',
    what: 'a daily counter is not the number',
    by: 'a use too many',
    statements: ['UPDATE daily_uses SET used = used + 1'],
  },
  {
    invariant: 'M6',
    what: 'a daily counter is not the number',
    by: 'no counters',
    statements: ['DELETE FROM daily_uses'],
  },
  {
    invariant: 'M6',
    what: 'a daily counter is above its limit',
    by: 'a lower limit',
    statements: [`UPDATE tool_policies SET daily_limit = 1`],
  },
  {
    invariant: 'M6',
    what: 'a daily counter is above its limit',
    by: 'a lower budget',
    statements: [`UPDATE tier_policies SET daily_budget = 0 WHERE tier = 'anonymous'`],
  },
  {
    invariant: 'M7',
    what: 'an attempt key without what it stands for',
    by: 'keys of nothing',
    statements: [`UPDATE attempts SET resource_id = gen_random_uuid()`],
  },
  {
    invariant: 'M7',
    what: 'a generation without its owner’s attempt key',
    by: 'no keys',
    statements: ['DELETE FROM attempts'],
  },
  {
    invariant: 'M7',
    what: 'an entry without its generation',
    by: 'a generation deleted',
    statements: [
      dropChecks('ledger_entries'),
      dropChecks('generation_chunks'),
      `DELETE FROM generations WHERE status = 'failed'`,
    ],
  },
  {
    invariant: 'M8',
    what: 'the day’s spend is not the sum',
    by: 'a credit too many',
    statements: ['UPDATE daily_spend SET credits = credits + 1'],
  },
  {
    invariant: 'M8',
    what: 'the day’s spend is above the cap',
    by: 'spending beyond it',
    statements: ['UPDATE generations SET spend = 101', 'UPDATE daily_spend SET credits = 404'],
  },
  {
    invariant: 'M9',
    what: 'a grant with a reference was given more than once',
    by: 'the grant again',
    statements: ['DROP INDEX ledger_entries_one_ref', copyEntry('ref IS NOT NULL')],
  },
  {
    invariant: 'M9',
    what: 'an allowance was given for another month',
    by: 'next month’s allowance',
    statements: [
      appendOnly,
      `UPDATE ledger_entries SET ref = 'allowance:' || to_char(now() + interval '40 days', 'YYYY-MM') WHERE ref IS NOT NULL`,
    ],
  },
  {
    invariant: 'clock',
    what: 'a date in the future',
    by: 'an entry of a clock that is ahead',
    statements: [
      appendOnly,
      `UPDATE ledger_entries SET created_at = now() + interval '2 min' WHERE kind = 'grant'`,
    ],
  },
  {
    invariant: 'clock',
    what: 'a date of before the beginning',
    by: 'a key of a clock that is behind',
    statements: [`UPDATE attempts SET created_at = now() - interval '1 day'`],
  },
  {
    invariant: 'clock',
    what: 'too far away',
    by: 'a lease of a clock that is ahead',
    statements: [
      `UPDATE generations SET lease_until = lease_until + interval '2 min' WHERE status = 'running'`,
    ],
  },
  {
    invariant: 'clock',
    what: 'too far away',
    by: 'a session of a clock that is ahead',
    statements: [
      `INSERT INTO sessions (id, user_id, expires_at) SELECT gen_random_uuid(), id, now() + interval '31 days' FROM users`,
    ],
  },
  {
    invariant: 'clock',
    what: 'too far away',
    by: 'a window of a clock that is ahead',
    statements: [
      `INSERT INTO rate_limits (key, points, expire) VALUES ('api:a', 1, extract(epoch FROM now() + interval '2 hours') * 1000)`,
    ],
  },
  {
    invariant: 'clock',
    what: 'too far away',
    by: 'a use of tomorrow',
    statements: ['UPDATE daily_uses SET day = day + 1'],
  },
  {
    invariant: 'text',
    what: 'chunks are not numbered from 1',
    by: 'a chunk deleted',
    statements: ['DELETE FROM generation_chunks WHERE seq = 1'],
  },
  {
    invariant: 'text',
    what: 'chunks without their generation',
    by: 'chunks of nothing',
    statements: [
      dropChecks('generation_chunks'),
      'UPDATE generation_chunks SET generation_id = gen_random_uuid()',
    ],
  },
  {
    invariant: 'text',
    what: 'a chunk was written after its generation was closed',
    by: 'a late chunk',
    statements: [
      `INSERT INTO generation_chunks SELECT id, 3, 'late' FROM generations WHERE status = 'succeeded'`,
    ],
  },
]
