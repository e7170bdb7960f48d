import { expect, test } from '@playwright/test'
import { asUnavailable, violatedUnique } from '@/lib/db-errors'
import { AppError } from '@/lib/errors'

const withCode = (code: string, message = 'x') => Object.assign(new Error(message), { code })

const away: { name: string; error: unknown }[] = [
  { name: 'nobody listens', error: withCode('ECONNREFUSED') },
  { name: 'the socket is gone', error: withCode('ENOENT') },
  { name: 'the connection broke', error: withCode('ECONNRESET') },
  { name: 'the server shuts down', error: withCode('57P01') },
  { name: 'the server crashed', error: withCode('57P02') },
  { name: 'the server starts', error: withCode('57P03') },
  { name: 'there is no connection left', error: withCode('53300') },
  { name: 'a connection failure', error: withCode('08006') },
  { name: 'Prisma can’t reach it', error: withCode('P1001') },
  { name: 'the pool waits too long', error: new Error('timeout exceeded when trying to connect') },
  { name: 'the pool’s client ended', error: new Error('Connection terminated unexpectedly') },
  { name: 'the server does not answer', error: new Error('Query read timeout') },
  { name: 'the connection was closed for that', error: new Error('Client was closed and is not queryable') },
  {
    name: 'a cause says so',
    error: new Error('query failed', { cause: new Error('y', { cause: withCode('ECONNREFUSED') }) }),
  },
  {
    name: 'Prisma’s adapter says so',
    error: Object.assign(new Error('x'), {
      meta: { driverAdapterError: { cause: { kind: 'DatabaseNotReachable' } } },
    }),
  },
  {
    name: 'Prisma’s adapter says so by code',
    error: Object.assign(new Error('x'), {
      meta: { driverAdapterError: { cause: { originalCode: '57P01' } } },
    }),
  },
]

for (const { name, error } of away) {
  test(`is unavailable for a while when ${name}`, () => {
    const told = asUnavailable(error)
    expect(told).toBeInstanceOf(AppError)
    expect(told).toMatchObject({ code: 'unavailable', retryAfter: 5, cause: error })
  })
}

const others: { name: string; error: unknown }[] = [
  {
    name: 'an error of ours, whatever its cause',
    error: new AppError('invalid', 'x', { cause: withCode('ECONNREFUSED') }),
  },
  { name: 'a constraint', error: withCode('23505') },
  { name: 'a syntax error', error: withCode('42601') },
  { name: 'a deadlock', error: withCode('40P01') },
  { name: 'a statement that took too long', error: withCode('57014') },
  { name: 'any other error', error: new TypeError('x is not a function') },
  { name: 'a string', error: 'ECONNREFUSED' },
  { name: 'null', error: null },
  { name: 'undefined', error: undefined },
]

for (const { name, error } of others) {
  test(`leaves ${name} as it came`, () => expect(asUnavailable(error)).toBe(error))
}

test('an error that is its own cause ends', () => {
  const error: Error & { cause?: unknown } = new Error('x')
  const other = new Error('y', { cause: error })
  error.cause = other
  expect(asUnavailable(error)).toBe(error)
})

test('tells which unique index refused a row', () => {
  expect(violatedUnique({ code: '23505', constraint: 'users_email_key' })).toBe('users_email_key')
  expect(violatedUnique({ code: '23505' })).toBe('')
  expect(violatedUnique({ code: '23514', constraint: 'users_credits_check' })).toBeNull()
  expect(violatedUnique(new Error('x'))).toBeNull()
})
