import { asUnavailable } from '@/lib/db-errors'
import { EnvError } from '@/lib/env'
import { causesOf } from '@/lib/errors'

/**
 * What keeps the start from the database that DATABASE_URL names, as trouble with that variable: it can't be reached,
 * does not let us in, or is not there. Whatever else went wrong stays what it is.
 */
export function asDatabaseUrlError(error: unknown): unknown {
  const { code } = error as { code?: unknown }
  // 28: not let in; 3D000: no such database (PostgreSQL, appendix A).
  const refused = typeof code === 'string' && /^(28...|3D000)$/.test(code)
  if (!refused && asUnavailable(error) === error) return error
  return new EnvError(`DATABASE_URL: must name a database that can be reached (${whatOf(error)})`, {
    cause: error,
  })
}

/** A host with several addresses fails at each of them; what it says by itself is nothing. */
function whatOf(error: unknown): string {
  const each = error instanceof AggregateError ? error.errors : [error]
  return each.map(causesOf).join('; ')
}
