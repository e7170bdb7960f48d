import { expect, test } from '@playwright/test'
import { formValues } from '@/lib/http/form-values'

function form(...fields: [name: string, value: string | Blob][]): FormData {
  const data = new FormData()
  for (const [name, value] of fields) data.append(name, value)
  return data
}

const rows: { name: string; data: FormData; values: Record<string, string | string[]> }[] = [
  { name: 'nothing', data: form(), values: {} },
  { name: 'text as it is', data: form(['a', ' x '], ['b', '']), values: { a: ' x ', b: '' } },
  {
    name: 'one of a name as itself, several as a list',
    data: form(['a', '1'], ['b', '2'], ['a', '3']),
    values: { a: ['1', '3'], b: '2' },
  },
  {
    name: 'no fields of React’s',
    data: form(['$ACTION_REF_1', ''], ['$ACTION_1:0', '{}'], ['a', '1']),
    values: { a: '1' },
  },
  {
    name: 'line ends as they were typed',
    data: form(['a', '1\r\n2\r\n\r\n3\n4']),
    values: { a: '1\n2\n\n3\n4' },
  },
  { name: 'no file as text', data: form(['a', new Blob(['x'])], ['b', '1']), values: { a: '', b: '1' } },
]

for (const { name, data, values } of rows) {
  test(`takes ${name}`, () => expect(formValues(data)).toEqual(values))
}

test('a field called __proto__ is a field', () => {
  const values = formValues(form(['__proto__', 'a'], ['__proto__', 'b'], ['constructor', 'c']))
  expect(Object.getPrototypeOf(values)).toBe(Object.prototype)
  expect(Object.entries(values)).toEqual([
    ['__proto__', ['a', 'b']],
    ['constructor', 'c'],
  ])
})
