import type { ErrorCode } from '@/lib/errors'
import { notFound } from '@/lib/errors'
import { isId } from '@/lib/ids'
import type { GenerationStatus } from '@/lib/schemas/generations'
import type { Tool } from '@/lib/schemas/tools'
import { ownedBy, type Subject } from '@/lib/services/subject'
import type { Viewer } from '@/lib/services/viewer'
import { query, sql } from '@/lib/sql'

/** A generation as its owner sees it; `result` is the text so far. */
export type GenerationView = {
  id: string
  tool: Tool
  status: GenerationStatus
  prompt: string
  text: string
  result: string
  model: string
  basic: boolean
  held: number
  charged: number | null
  /** The owner's balance after this generation's last entry in the ledger, so that asking again answers the same;
   *  0 for a visitor. */
  balance: number
  inputTokens: number | null
  outputTokens: number | null
  errorCode: ErrorCode | null
  lastSeq: number
  createdAt: Date
  endedAt: Date | null
}

/** @throws AppError `not_found`, for somebody else's as for none. */
export async function readGeneration(subject: Subject, id: string): Promise<GenerationView> {
  if (!isId(id)) throw notFound('generation')
  const [row] = await query<GenerationView>(sql`
    SELECT g.id, g.tool, g.status, g.prompt, g.text, g.model, g.basic, g.held, g.charged,
      g.input_tokens AS "inputTokens", g.output_tokens AS "outputTokens", g.error_code AS "errorCode",
      g.created_at AS "createdAt", g.ended_at AS "endedAt",
      coalesce((SELECT balance FROM ledger_entries WHERE generation_id = g.id ORDER BY id DESC LIMIT 1), 0) AS balance,
      coalesce(c.result, '') AS result, coalesce(c.last, 0) AS "lastSeq"
    FROM generations g
    LEFT JOIN LATERAL (
      SELECT string_agg(text, '' ORDER BY seq) AS result, max(seq) AS last
      FROM generation_chunks WHERE generation_id = g.id
    ) c ON true
    WHERE g.id = ${id} AND ${ownedBy(subject)}`)
  if (!row) throw notFound('generation')
  return row
}

export type GenerationSummary = Pick<
  GenerationView,
  'id' | 'tool' | 'status' | 'prompt' | 'basic' | 'held' | 'charged' | 'createdAt'
>

/** The viewer's generations, newest first. */
export async function listGenerations(viewer: Viewer, limit: number): Promise<GenerationSummary[]> {
  return query<GenerationSummary>(sql`
    SELECT id, tool, status, left(CASE WHEN prompt = '' THEN text ELSE prompt END, 200) AS prompt, basic, held, charged,
      created_at AS "createdAt"
    FROM generations WHERE owner_id = ${viewer.userId} ORDER BY created_at DESC, id DESC LIMIT ${limit}`)
}
