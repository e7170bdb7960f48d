import type { Check } from './violation'

/** The stored text: whole, and closed when its generation is. */
export const CHUNKS: readonly Check[] = [
  {
    invariant: 'text',
    what: 'chunks are not numbered from 1 without a gap',
    text: `SELECT generation_id::text AS id FROM generation_chunks
      GROUP BY generation_id HAVING min(seq) <> 1 OR max(seq) <> count(*)`,
  },
  {
    invariant: 'text',
    what: 'chunks without their generation',
    text: `SELECT DISTINCT generation_id::text AS id FROM generation_chunks c
      WHERE NOT EXISTS (SELECT FROM generations WHERE id = c.generation_id)`,
  },
  {
    // A row's xmin is the transaction that wrote it. A chunk takes its number before the row is locked for
    // closing, or finds it closed; so one with a later number than the closing was written after it.
    invariant: 'text',
    what: 'a chunk was written after its generation was closed',
    text: `SELECT DISTINCT g.id::text FROM generations g JOIN generation_chunks c ON c.generation_id = g.id
      LEFT JOIN ledger_entries e ON e.generation_id = g.id AND e.kind IN ('settle', 'release')
      WHERE g.status <> 'running' AND c.xmin::text::bigint > coalesce(e.xmin, g.xmin)::text::bigint`,
  },
]
