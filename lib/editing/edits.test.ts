import { expect, test } from '@playwright/test'
import { applied, type Edit, type Selected } from '@/lib/editing/edit'
import { continueLine, indent, outdent, toggleHeading, toggleList, toggleQuote } from '@/lib/editing/lines'
import { makeLink, toggleCode, toggleMark } from '@/lib/editing/marks'

/** A text with its selection between ‹ and ›, or its caret at |. */
function read(text: string): Selected {
  const caret = text.indexOf('|')
  if (caret >= 0) return { value: text.replace('|', ''), start: caret, end: caret }
  return { value: text.replace(/[‹›]/g, ''), start: text.indexOf('‹'), end: text.indexOf('›') - 1 }
}

function write({ value, start, end }: Selected): string {
  if (start === end) return `${value.slice(0, start)}|${value.slice(start)}`
  return `${value.slice(0, start)}‹${value.slice(start, end)}›${value.slice(end)}`
}

const bold = (text: Selected) => toggleMark(text, '**')
const italic = (text: Selected) => toggleMark(text, '*')

const rows: [name: string, edit: (text: Selected) => Edit | null, before: string, after: string][] = [
  ['bold', bold, 'a ‹word› b', 'a **‹word›** b'],
  ['bold without the spaces', bold, 'a‹ word ›b', 'a **‹word›** b'],
  ['bold taken away from inside', bold, 'a **‹word›** b', 'a ‹word› b'],
  ['bold taken away from outside', bold, 'a ‹**word**› b', 'a ‹word› b'],
  ['bold for what is to come', bold, 'a |', 'a **|**'],
  ['italic within bold', italic, '**‹word›**', '***‹word›***'],
  ['italic taken away', italic, '*‹word›*', '‹word›'],
  ['bold taken away, italic stays', bold, '***‹word›***', '*‹word›*'],
  ['code', toggleCode, 'run ‹npm i›', 'run `‹npm i›`'],
  ['a block of code', toggleCode, 'so:\n‹a\nb›', 'so:\n```\n‹a\nb›\n```\n'],
  ['a link', makeLink, 'the ‹sea›', 'the [sea](‹https://›)'],
  ['a link of an address', makeLink, '‹https://sea.example/a›', '[|](https://sea.example/a)'],
  ['a link of nothing', makeLink, 'the |', 'the [|](https://)'],
  ['a heading', toggleHeading, 'one\ntw|o\n', 'one\n## tw|o\n'],
  ['a heading of a heading', toggleHeading, '#### tw|o', 'tw|o'],
  ['a heading on an empty line', toggleHeading, 'one\n|', 'one\n## |'],
  ['a quotation', toggleQuote, '‹one\n\ntwo›\nthree', '‹> one\n\n> two›\nthree'],
  ['a quotation taken away', toggleQuote, '‹> one\n> two\n›three', '‹one\ntwo›\nthree'],
  ['a list', toggleList, '‹one\ntwo›', '‹- one\n- two›'],
  ['a list of a half list', toggleList, '‹- one\ntwo›', '‹- one\n- two›'],
  ['a list taken away', toggleList, '‹- one\n2. two›', '‹one\ntwo›'],
  ['indented', indent, '- o|ne', '  - o|ne'],
  ['outdented', outdent, '  - o|ne', '- o|ne'],
  ['outdented at the margin', outdent, '|- one', '|- one'],
  ['the next item', continueLine, '- one|', '- one\n- |'],
  ['the next item, indented', continueLine, '  * one| two', '  * one\n  * | two'],
  ['the next number', continueLine, '9. nine|', '9. nine\n10. |'],
  ['the next task, not done', continueLine, '- [x] done|', '- [x] done\n- [ ] |'],
  ['the next line of a quotation', continueLine, '> > said|', '> > said\n> > |'],
  ['the end of a list', continueLine, '- one\n- |', '- one\n|'],
  ['the end of a quotation', continueLine, '> |', '|'],
]
for (const [name, edit, before, after] of rows) {
  test(`${name}: ${JSON.stringify(before)}`, () => {
    const text = read(before)
    const made = edit(text)
    expect(made && write(applied(text, made))).toBe(after)
  })
}

for (const elsewhere of ['plain|', '|- one', '-|', '1.5 is|', '‹- one›', '**bold**|']) {
  test(`Enter is only Enter at ${JSON.stringify(elsewhere)}`, () => {
    expect(continueLine(read(elsewhere))).toBeNull()
  })
}
