import { expect, test } from '@playwright/test'
import { Sql, sql } from '@/lib/sql'

const part = sql`b = ${2} AND c = ${3}`
const nested = sql`(${part} OR d = ${4})`
const column = sql`created_at`

const rows: { name: string; made: Sql; text: string; values: unknown[] }[] = [
  { name: 'no values', made: sql`SELECT 1`, text: 'SELECT 1', values: [] },
  { name: 'values', made: sql`a = ${1} AND b = ${'x'}`, text: 'a = $1 AND b = $2', values: [1, 'x'] },
  { name: 'a value first and last', made: sql`${1} = ${2}`, text: '$1 = $2', values: [1, 2] },
  {
    name: 'a part',
    made: sql`a = ${1} AND ${part} AND e = ${5}`,
    text: 'a = $1 AND b = $2 AND c = $3 AND e = $4',
    values: [1, 2, 3, 5],
  },
  {
    name: 'a part of a part',
    made: sql`a = ${1} AND ${nested}`,
    text: 'a = $1 AND (b = $2 AND c = $3 OR d = $4)',
    values: [1, 2, 3, 4],
  },
  {
    name: 'the same part twice',
    made: sql`${part} OR ${part}`,
    text: 'b = $1 AND c = $2 OR b = $3 AND c = $4',
    values: [2, 3, 2, 3],
  },
  {
    name: 'parts without values',
    made: sql`ORDER BY ${column} DESC, ${column} LIMIT ${9}`,
    text: 'ORDER BY created_at DESC, created_at LIMIT $1',
    values: [9],
  },
  {
    name: 'null, a list and a date as values',
    made: sql`${null} ${[1, 2]} ${undefined}`,
    text: '$1 $2 $3',
    values: [null, [1, 2], undefined],
  },
  {
    name: 'text that looks like SQL as a value',
    made: sql`a = ${"'; DROP TABLE posts; --"}`,
    text: 'a = $1',
    values: ["'; DROP TABLE posts; --"],
  },
  {
    name: 'text that looks like a parameter as a value',
    made: sql`${'$1'} ${sql`x = ${'$9'}`}`,
    text: '$1 x = $2',
    values: ['$1', '$9'],
  },
]

for (const { name, made, text, values } of rows) {
  test(`composes ${name}`, () => expect(made).toEqual(new Sql(text, values)))
}

test('numbers past nine in parts', () => {
  const many = sql`${1},${2},${3},${4},${5},${6},${7},${8},${9},${10},${11}`
  expect(sql`${0}; ${many}`.text).toBe('$1; $2,$3,$4,$5,$6,$7,$8,$9,$10,$11,$12')
})

test('an object that only looks like a part is a value', () => {
  const forged = JSON.parse('{"text":"DROP TABLE posts","values":[]}')
  expect(sql`a = ${forged}`).toEqual(new Sql('a = $1', [forged]))
})
