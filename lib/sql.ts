import { createHash } from 'node:crypto'
import type { QueryResultRow } from 'pg'
import { pool } from '@/lib/db'

/**
 * Statements written as SQL, for what Prisma's methods can't say in one round trip: the meter, the life of
 * a generation, and lists by keyset. Everything else goes through Prisma.
 */
export class Sql {
  constructor(
    readonly text: string,
    readonly values: readonly unknown[],
  ) {}
}

/** A statement with its values as parameters; a part that is itself `sql` becomes part of the statement. */
export function sql(strings: TemplateStringsArray, ...parts: unknown[]): Sql {
  const values: unknown[] = []
  const add = (part: unknown): string => {
    if (!(part instanceof Sql)) return `$${values.push(part)}`
    const before = values.length
    values.push(...part.values)
    return part.text.replace(/\$(\d+)/g, (_, number) => `$${before + Number(number)}`)
  }
  const text = strings.reduce((all, string, index) => all + add(parts[index - 1]) + string)
  return new Sql(text, values)
}

export type Query = <Row extends QueryResultRow>(statement: Sql) => Promise<Row[]>

/** Runs one statement, which is a transaction of its own, and answers its rows. */
export const query: Query = async <Row extends QueryResultRow>(statement: Sql) =>
  (await pool().query<Row>(prepared(statement))).rows

/**
 * As `query`, planned for its values each time: for statements that may match a few rows or nearly all. PostgreSQL changes to
 * one plan for all values after a few that were costly; that one then reads everything that matches to show ten of it.
 */
export const queryByValues: Query = async <Row extends QueryResultRow>({ text, values }: Sql) =>
  (await pool().query<Row>({ text, values: [...values] })).rows

/** Runs statements as one transaction: all of them take effect, or, if `work` throws, none. */
export async function transaction<Result>(work: (query: Query) => Promise<Result>): Promise<Result> {
  const client = await pool().connect()
  let broken: Error | undefined
  // A server that dies between two statements is told of by an event; unheard, it would end the process.
  const onError = (error: Error) => {
    broken = error
  }
  client.on('error', onError)
  try {
    await client.query('BEGIN')
    const result = await work(async (statement) => (await client.query(prepared(statement))).rows)
    await client.query('COMMIT')
    return result
  } catch (error) {
    // A connection whose ROLLBACK fails is in an unknown state and must not be handed to anyone else.
    await client.query('ROLLBACK').catch((cause: Error) => {
      broken = cause
    })
    throw error
  } finally {
    client.off('error', onError)
    client.release(broken)
  }
}

const names = new Map<string, string>()

/** Planning the meter's statements costs more than running them: each is prepared once a connection, by name. */
function prepared({ text, values }: Sql) {
  let name = names.get(text)
  if (!name) {
    name = createHash('sha256').update(text).digest('base64url').slice(0, 40)
    names.set(text, name)
  }
  return { name, text, values: [...values] }
}
