import { expect, test } from '@playwright/test'
import { AppError, ERRORS, type ErrorCode } from '@/lib/errors'
import { asAppError, problemOf, problemResponse } from '@/lib/http/problem'

const SENTENCE = 'Something went wrong on our side. It has been logged under this request id.'

const unknown: { name: string; thrown: unknown }[] = [
  { name: 'an error', thrown: new Error('password=hunter2 at /srv/inkwell/lib/db.ts:7') },
  { name: 'a type error', thrown: new TypeError("Cannot read properties of undefined (reading 'secret')") },
  {
    name: 'an error of the database',
    thrown: Object.assign(new Error('duplicate key'), { code: '23505', detail: 'x' }),
  },
  { name: 'an error with a status', thrown: Object.assign(new Error('x'), { status: 404, expose: true }) },
  {
    name: 'what looks like ours',
    thrown: { name: 'AppError', code: 'forbidden', message: 'x', status: 403 },
  },
  { name: 'a string', thrown: 'hunter2' },
  { name: 'nothing', thrown: undefined },
  { name: 'null', thrown: null },
]

for (const { name, thrown } of unknown) {
  test(`says one fixed sentence for ${name}`, async () => {
    const error = asAppError(thrown, 'r-1')
    expect({ code: error.code, message: error.message }).toEqual({ code: 'internal', message: SENTENCE })
    const text = await problemResponse(error, 'r-1').text()
    expect(JSON.parse(text)).toEqual({
      type: expect.stringMatching(/\/docs\/api#internal$/),
      title: 'Something went wrong',
      status: 500,
      detail: SENTENCE,
      code: 'internal',
      requestId: 'r-1',
    })
  })
}

test('ours are told as they are, without their cause', async () => {
  const error = new AppError('daily_limit', 'Enough for today.', {
    facts: { limit: 3, used: 3, resetsAt: 'tomorrow' },
    retryAfter: 60,
    cause: new Error('hunter2'),
  })
  expect(asAppError(error, 'r-2')).toBe(error)
  const response = problemResponse(error, 'r-2')
  expect(response.status).toBe(429)
  expect(response.headers.get('retry-after')).toBe('60')
  expect(response.headers.get('cache-control')).toBe('no-store')
  expect(await response.json()).toEqual({
    type: expect.stringMatching(/#daily_limit$/),
    title: 'Daily limit reached',
    status: 429,
    detail: 'Enough for today.',
    code: 'daily_limit',
    requestId: 'r-2',
    limit: 3,
    used: 3,
    resetsAt: 'tomorrow',
  })
})

test('what is wrong with the input is listed, and only then', () => {
  const fields = [{ pointer: '/title', detail: 'Give it one.' }]
  expect(problemOf(new AppError('invalid', 'x', { fields }), 'r').errors).toEqual(fields)
  expect(problemOf(new AppError('invalid', 'x'), 'r')).not.toHaveProperty('errors')
})

/** The contract's table, written out a second time on purpose. */
const CONTRACT: Record<number, ErrorCode[]> = {
  400: ['malformed'],
  401: ['unauthenticated'],
  402: ['insufficient_credits'],
  403: ['forbidden', 'cross_site'],
  404: ['not_found'],
  405: ['method_not_allowed'],
  406: ['not_acceptable'],
  409: ['in_progress'],
  412: ['precondition_failed'],
  413: ['too_large'],
  415: ['unsupported_media_type'],
  422: ['invalid', 'key_reused'],
  428: ['precondition_required'],
  429: ['rate_limited', 'daily_limit', 'spend_cap'],
  500: ['internal'],
  502: ['provider_failed'],
  503: ['unavailable'],
  504: ['provider_timeout'],
}

/** Of what is refused before it is any call's, the contract does not speak. */
const BEFORE_ANY_CALL: Record<number, ErrorCode[]> = { 408: ['request_timeout'], 431: ['headers_too_large'] }

test('the table of errors is the contract’s, and that of HTTP itself', () => {
  const table = Object.groupBy(Object.keys(ERRORS) as ErrorCode[], (code) => String(ERRORS[code].status))
  expect(table).toEqual({ ...CONTRACT, ...BEFORE_ANY_CALL })
})
