import type { Check } from './violation'

const closing = `e.kind IN ('settle', 'release')`

/** M3 to M5 and M7: the life of each generation. */
export const GENERATIONS: readonly Check[] = [
  {
    invariant: 'M3',
    what: 'not exactly one hold of the right amount',
    text: `SELECT g.id::text FROM generations g LEFT JOIN ledger_entries e ON e.generation_id = g.id AND e.kind = 'hold'
      GROUP BY g.id HAVING count(e.id) <> CASE WHEN g.owner_id IS NULL THEN 0 ELSE 1 END OR min(e.amount) <> -g.held
        OR bool_or(e.user_id <> g.owner_id)`,
  },
  {
    invariant: 'M3',
    what: 'not exactly one closing entry of the right kind and amount',
    text: `SELECT g.id::text FROM generations g LEFT JOIN ledger_entries e ON e.generation_id = g.id AND ${closing}
      GROUP BY g.id HAVING count(e.id) <> CASE WHEN g.owner_id IS NULL OR g.status = 'running' THEN 0 ELSE 1 END
        OR min(e.amount) <> g.held - g.charged OR bool_or((e.kind = 'release') <> (g.charged = 0))
        OR bool_or(e.user_id <> g.owner_id)`,
  },
  {
    invariant: 'M3',
    what: 'an entry was not written in the moment of its generation’s beginning or end',
    text: `SELECT e.id::text FROM ledger_entries e JOIN generations g ON g.id = e.generation_id
      WHERE e.created_at <> CASE e.kind WHEN 'hold' THEN g.created_at ELSE g.ended_at END`,
  },
  {
    invariant: 'M3',
    what: 'charged more than held, or for what failed, or for no output',
    text: `SELECT g.id::text FROM generations g WHERE charged > held OR (status = 'failed' AND charged <> 0)
      OR (charged > 0 AND NOT EXISTS (SELECT FROM generation_chunks WHERE generation_id = g.id))`,
  },
  {
    invariant: 'M4',
    what: 'still running past its lease and a sweep',
    values: ({ graceMs }) => [graceMs],
    text: `SELECT id::text FROM generations WHERE status = 'running'
      AND lease_until < clock_timestamp() - $1::int * interval '1 millisecond'`,
  },
  {
    invariant: 'M5',
    what: 'one request made two generations',
    text: `SELECT string_agg(id::text, ' ') AS id FROM generations
      GROUP BY owner_id, visitor, tool, prompt, text HAVING count(*) > 1`,
  },
  {
    invariant: 'M5',
    what: 'a generation under two attempt keys',
    text: `SELECT resource_id::text AS id FROM attempts JOIN generations ON id = resource_id
      GROUP BY resource_id HAVING count(*) > 1`,
  },
  {
    invariant: 'M7',
    what: 'an attempt key without what it stands for',
    text: `SELECT subject || ' ' || key AS id FROM attempts a
      WHERE NOT EXISTS (SELECT FROM generations WHERE id = a.resource_id)
        AND NOT EXISTS (SELECT FROM posts WHERE id = a.resource_id)`,
  },
  {
    invariant: 'M7',
    what: 'an entry without its generation',
    text: `SELECT e.id::text FROM ledger_entries e WHERE generation_id IS NOT NULL
      AND NOT EXISTS (SELECT FROM generations WHERE id = e.generation_id)`,
  },
]

/** M7, too, while no attempt key is 24 hours old. */
export const KEYS: readonly Check[] = [
  {
    invariant: 'M7',
    what: 'a generation without its owner’s attempt key',
    text: `SELECT g.id::text FROM generations g WHERE NOT EXISTS (SELECT FROM attempts
      WHERE resource_id = g.id AND subject = coalesce(g.owner_id::text, 'visitor:' || g.visitor))`,
  },
]
