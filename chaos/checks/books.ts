import type { Check } from './violation'

/** M1, M2 and M9: true at every instant, so they are looked at while the load runs, too. */
export const BOOKS: readonly Check[] = [
  {
    invariant: 'M1',
    what: 'credits are not the sum of the ledger',
    text: `SELECT u.id || ': ' || u.credits || ' and ' || l.sum AS id FROM users u, LATERAL (
      SELECT coalesce(sum(amount), 0) AS sum FROM ledger_entries WHERE user_id = u.id) l WHERE u.credits <> l.sum`,
  },
  {
    invariant: 'M1',
    what: 'the balance of an entry is not the running sum',
    text: `SELECT id::text FROM (SELECT id, balance, sum(amount) OVER (PARTITION BY user_id ORDER BY id) AS running
      FROM ledger_entries) e WHERE balance <> running`,
  },
  {
    invariant: 'M2',
    what: 'credits are below zero',
    text: 'SELECT id::text FROM users WHERE credits < 0',
  },
  {
    invariant: 'M2',
    what: 'the balance of an entry is below zero',
    text: 'SELECT id::text FROM ledger_entries WHERE balance < 0',
  },
  {
    invariant: 'M9',
    what: 'a grant with a reference was given more than once',
    text: `SELECT user_id || ' ' || ref AS id FROM ledger_entries WHERE ref IS NOT NULL
      GROUP BY user_id, ref HAVING count(*) > 1`,
  },
]
