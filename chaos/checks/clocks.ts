import type { Check } from './violation'

/** When things happened, as the rows say. */
const WRITTEN = [
  'attempts.created_at',
  'generations.created_at',
  'generations.ended_at',
  'generations.stop_requested_at',
  'ledger_entries.created_at',
  'posts.created_at',
  'posts.updated_at',
  'sessions.created_at',
  'sessions.last_seen_at',
  'api_keys.last_used_at',
]
  .map((column) => `SELECT '${column}' AS name, ${column} AS at FROM ${column.split('.')[0]}`)
  .join(' UNION ALL ')

/** Everything is dated by the database: the instances' clocks are wrong by minutes at least. */
export const CLOCKS: readonly Check[] = [
  {
    invariant: 'clock',
    what: 'a date in the future',
    text: `SELECT DISTINCT name || ' ' || at AS id FROM (${WRITTEN}) AS written
      WHERE at > clock_timestamp() + interval '1 second'`,
  },
  {
    invariant: 'clock',
    what: 'a date of before the beginning',
    text: `SELECT DISTINCT name || ' ' || at AS id FROM (${WRITTEN}) AS written
      WHERE at < (SELECT min(started_at) FROM _prisma_migrations) - interval '1 second'`,
  },
  {
    invariant: 'clock',
    what: 'a day or an end that is too far away',
    text: `SELECT 'lease ' || id AS id FROM generations WHERE lease_until > clock_timestamp() + interval '2 minutes'
      UNION ALL SELECT 'session ' || id FROM sessions WHERE expires_at > created_at + interval '30 days 1 second'
      UNION ALL SELECT 'day ' || day FROM daily_uses WHERE day > (clock_timestamp() AT TIME ZONE 'UTC')::date
      UNION ALL SELECT 'limit ' || key FROM rate_limits
        WHERE expire > extract(epoch FROM clock_timestamp() + interval '1 hour') * 1000`,
  },
  {
    invariant: 'M9',
    what: 'an allowance was given for another month than its own',
    // Asked for in the last moment of a month, it may be written in the first of the next.
    text: `SELECT id::text FROM ledger_entries WHERE ref LIKE 'allowance:%'
      AND ref NOT IN ('allowance:' || to_char(created_at AT TIME ZONE 'UTC', 'YYYY-MM'),
        'allowance:' || to_char((created_at - interval '10 seconds') AT TIME ZONE 'UTC', 'YYYY-MM'))`,
  },
]
