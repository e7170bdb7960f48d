import type { Check } from './violation'

const subject = `coalesce(owner_id::text, 'visitor:' || visitor)`
const counted = `NOT (status = 'failed' AND NOT EXISTS (SELECT FROM generation_chunks WHERE generation_id = g.id))`

/** M6: the day's uses are the generations that count. */
export const USES: readonly Check[] = [
  {
    invariant: 'M6',
    what: 'a daily counter is not the number of generations that count',
    text: `WITH counted AS (
        SELECT ${subject} AS subject, tool, day, count(*) FILTER (WHERE ${counted}) AS used FROM generations g GROUP BY 1, 2, 3
        UNION ALL
        SELECT 'tier:anonymous', '*', day, count(*) FILTER (WHERE ${counted}) FROM generations g
        WHERE visitor IS NOT NULL GROUP BY day
      )
      SELECT concat_ws(' ', subject, tool, day, d.used || ' for ' || c.used) AS id
      FROM daily_uses d FULL JOIN counted c USING (subject, tool, day) WHERE d.used IS DISTINCT FROM c.used`,
  },
]

/** M6, too, where no limit has been lowered. */
export const LIMITS: readonly Check[] = [
  {
    invariant: 'M6',
    what: 'a daily counter is above its limit',
    text: `SELECT concat_ws(' ', subject, d.tool, day, used) AS id FROM daily_uses d
      LEFT JOIN users u ON u.id::text = d.subject
      LEFT JOIN tool_policies p ON p.tool = d.tool AND p.tier = coalesce(u.tier, 'anonymous')
      LEFT JOIN tier_policies t ON d.subject = 'tier:' || t.tier
      WHERE used > CASE WHEN t.tier IS NULL THEN nullif(p.daily_limit, -1) ELSE t.daily_budget END`,
  },
]

/** M8: true at every instant, as the books are. */
export const SPEND: readonly Check[] = [
  {
    invariant: 'M8',
    what: 'the day’s spend is not the sum of its generations',
    text: `SELECT concat_ws(' ', day, d.credits || ' for ' || g.spend) AS id FROM daily_spend d
      FULL JOIN (SELECT day, sum(spend) AS spend FROM generations GROUP BY day) g USING (day)
      WHERE coalesce(d.credits, 0) <> coalesce(g.spend, 0)`,
  },
  {
    invariant: 'M8',
    what: 'the day’s spend is above the cap',
    values: ({ cap }) => [cap],
    text: `SELECT day || ' ' || sum(spend) AS id FROM generations GROUP BY day HAVING sum(spend) > $1::int
      UNION ALL SELECT day || ' ' || credits FROM daily_spend WHERE credits > $1::int`,
  },
]
