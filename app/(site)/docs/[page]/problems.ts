import { ERRORS, type ErrorCode } from '@/lib/errors'
import { PROBLEMS, problemSchemaName } from '@/lib/openapi/problems'

export type ProblemText = { code: ErrorCode; status: number; title: string; when: string; schema: string }

/** Every code there is, by status. */
export function problems(): ProblemText[] {
  return (Object.keys(ERRORS) as ErrorCode[]).map((code) => ({
    code,
    ...ERRORS[code],
    when: PROBLEMS[code],
    schema: problemSchemaName(code),
  }))
}
