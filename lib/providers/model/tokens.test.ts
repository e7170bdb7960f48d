import { expect, test } from '@playwright/test'
import { estimateTokens } from '@/lib/providers/model'

const table = [
  { what: 'nothing', text: '', tokens: 0 },
  { what: 'one letter', text: 'a', tokens: 1 },
  { what: 'four letters', text: 'word', tokens: 1 },
  { what: 'five', text: 'words', tokens: 2 },
  { what: 'English', text: 'The quick brown fox jumps over the lazy dog.', tokens: 11 },
  { what: 'German', text: 'Die Wärterin dreht die Linse die ganze Nacht.', tokens: 12 },
  { what: 'Vietnamese, Latin beyond Europe', text: 'Hải đăng', tokens: 2 },
  { what: 'Japanese', text: '灯台守は階段を上る。', tokens: 10 },
  { what: 'Chinese', text: '灯塔看守人', tokens: 5 },
  { what: 'Korean', text: '등대지기', tokens: 4 },
  { what: 'Arabic', text: 'المنارة', tokens: 4 },
  { what: 'Russian', text: 'маяк', tokens: 2 },
  { what: 'an emoji of two code units', text: '🗼', tokens: 1 },
  { what: 'typographic punctuation', text: '“Oh” – it’s', tokens: 3 },
  { what: '1600 letters', text: 'x'.repeat(1600), tokens: 400 },
  { what: '1601', text: 'x'.repeat(1601), tokens: 401 },
]

for (const { what, text, tokens } of table) {
  test(`${what}: ${tokens}`, () => {
    expect(estimateTokens(text)).toBe(tokens)
  })
}
