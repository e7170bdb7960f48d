import type { Ask } from '../database'
import type { Violation } from './violation'

/** What is stored of each generation and post, and of what it cost: one string for each, to be compared. */
export async function readStored(ask: Ask): Promise<Map<string, string>> {
  const rows = await ask<{ id: string; row: string }>(`
    SELECT g.id, concat(g::text, (SELECT string_agg(e::text, ' ' ORDER BY e.id) FROM ledger_entries e
      WHERE e.generation_id = g.id), (SELECT string_agg(c::text, ' ' ORDER BY c.seq) FROM generation_chunks c
      WHERE c.generation_id = g.id)) AS row FROM generations g
    UNION ALL SELECT id, posts::text FROM posts`)
  return new Map(rows.map(({ id, row }) => [id, row]))
}

/** Whether requests that were sent again have changed anything of what they had made. */
export async function checkReplays(ask: Ask, before: Map<string, string>): Promise<Violation[]> {
  const now = await readStored(ask)
  const changed = [...before].filter(([id, row]) => now.get(id) !== row).map(([id]) => id)
  if (changed.length === 0) return []
  return [
    {
      invariant: 'M5',
      what: `a replay changed what was there (${changed.length})`,
      ids: changed.slice(0, 5),
    },
  ]
}

/** Whether the provider was asked for one request more than once. @param names what each of its calls was for. */
export function checkCalls(names: readonly (string | null)[]): Violation[] {
  const calls = Map.groupBy(names, (name) => name ?? 'something that nobody asked for')
  const twice = [...calls].filter(([, all]) => all.length > 1).map(([name]) => name)
  if (twice.length === 0) return []
  return [
    {
      invariant: 'M5',
      what: `one request made two calls to the provider (${twice.length})`,
      ids: twice.slice(0, 5),
    },
  ]
}
