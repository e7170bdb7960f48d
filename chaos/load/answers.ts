import type { GenerationBody } from '@/e2e/fixtures/generations'
import type { Ack, Journal, Outcome } from './journal'

/** As much of a problem document as matters here. */
export type Problem = { status?: number; code?: string; generationId?: string; detail?: string }

export type Sent = Pick<Ack, 'subject' | 'key' | 'body' | 'sentAt'>

/** Codes of the table in the contract that a correct client under faults may be told. */
const EXCUSED = new Set([
  'insufficient_credits', 'daily_limit', 'spend_cap', 'rate_limited', 'unavailable', 'provider_failed',
  'provider_timeout', 'in_progress', 'key_reused', 'precondition_failed',
]) // biome-ignore format: one glance

export function outcomeOf({ status, result, credits }: GenerationBody): Outcome | null {
  if (status === 'running' || credits.charged === null) return null
  return { status, held: credits.held, charged: credits.charged, balance: credits.balance, result }
}

/** A generation that failed: the problem names it, and says that nothing was charged. */
const FAILED: Outcome = { status: 'failed', held: null, charged: 0, balance: null, result: null }

/** Writes down what a JSON answer says of a generation, and answers the id if it names one. */
export async function recordAnswer(journal: Journal, sent: Sent, answer: Response): Promise<string | null> {
  const said = (await answer.json()) as Partial<GenerationBody> & Problem
  const base = { ...sent, http: answer.status, answeredAt: Date.now() }
  if (answer.ok && said.id) {
    journal.acks.push({ ...base, code: null, id: said.id, outcome: outcomeOf(said as GenerationBody) })
    return said.id
  }
  const location = /\/api\/generate\/([\da-f-]{36})$/.exec(answer.headers.get('location') ?? '')?.[1]
  return recordProblem(journal, base, said, location)
}

export function recordProblem(
  journal: Journal,
  base: Omit<Ack, 'code' | 'id' | 'outcome'>,
  problem: Problem,
  location?: string,
): string | null {
  const code = problem.code ?? `http_${base.http}`
  const id = problem.generationId ?? location ?? null
  journal.refused(code)
  if (!EXCUSED.has(code))
    journal.surprises.push({ what: code, detail: `${base.body} ${problem.detail ?? ''}` })
  journal.acks.push({ ...base, code, id, outcome: problem.generationId ? FAILED : null })
  return id
}
