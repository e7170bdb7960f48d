import { AppError } from '@/lib/errors'
import { TOOLS, type Tool, toolNames } from '@/lib/schemas/tools'
import { balanceOf } from '@/lib/services/credits'
import { isVisitor, type Subject, subjectKey } from '@/lib/services/subject'
import type { Viewer } from '@/lib/services/viewer'
import { query, sql } from '@/lib/sql'

/** What a tool costs the viewer and how often it may be used today. `limit` -1: never refused. */
export type ToolUsage = { tool: Tool; limit: number; used: number; resetsAt: string; hold: number }

/** Every tool of the subject's tier, with today's uses (UTC days). */
export async function usageOf(subject: Subject): Promise<ToolUsage[]> {
  const rows = await query<{ tool: Tool; limit: number; used: number; resetsAt: Date; hold: number }>(sql`
    SELECT p.tool, p.daily_limit AS "limit", ${isVisitor(subject) ? sql`0` : sql`p.hold`} AS hold, coalesce(d.used, 0) AS used,
      (today.day + 1)::timestamp AT TIME ZONE 'UTC' AS "resetsAt"
    FROM tool_policies p
    CROSS JOIN (SELECT (now() AT TIME ZONE 'UTC')::date AS day) today
    LEFT JOIN daily_uses d ON d.subject = ${subjectKey(subject)} AND d.tool = p.tool AND d.day = today.day
    WHERE p.tier = ${isVisitor(subject) ? 'anonymous' : subject.tier}::"tier"`)
  return rows
    .map((row) => ({ ...row, resetsAt: row.resetsAt.toISOString() }))
    .sort((a, b) => TOOLS.indexOf(a.tool) - TOOLS.indexOf(b.tool))
}

/** The prices of the viewer's tools as a form shows and sends them: `draft:4 rewrite:2 …` */
export async function quotesOf(viewer: Viewer): Promise<string> {
  return (await usageOf(viewer)).map(({ tool, hold }) => `${tool}:${hold}`).join(' ')
}

export type PastUsage = { tool: Tool; uses: number; charged: number }

/** How often the viewer used each tool in the last days, and what it came to in credits. */
export async function usageSince({ userId }: Viewer, days: number): Promise<PastUsage[]> {
  return query<PastUsage>(sql`
    SELECT tool, count(*)::int AS uses, coalesce(sum(charged), 0)::int AS charged
    FROM generations
    WHERE owner_id = ${userId} AND created_at > now() - ${days}::int * interval '1 day'
    GROUP BY tool`)
}

/** What using a tool would hold now, and what is left: the price on the button. Nothing happens. */
export async function quote(subject: Subject, tool: Tool) {
  const balance = isVisitor(subject) ? 0 : await balanceOf(subject)
  const usage = await usageOf(subject)
  const it = usage.find((one) => one.tool === tool)
  if (!it) throw notOffered(subject, tool)
  return { tool, hold: it.hold, balance, dailyLimit: it.limit, used: it.used, resetsAt: it.resetsAt }
}

/** The refusal of a tool that the subject's tier has not. */
export function notOffered(subject: Subject, tool: Tool): AppError {
  if (!isVisitor(subject)) return new AppError('forbidden', `“${toolNames[tool]}” is not part of your tier.`)
  return new AppError('unauthenticated', 'This tool needs an account: send an API key, or sign up.', {
    headers: { 'WWW-Authenticate': 'Bearer' },
  })
}
