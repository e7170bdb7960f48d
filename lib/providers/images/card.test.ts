import { expect, test } from '@playwright/test'
import sharp from 'sharp'
import { HOSTILE_LINES } from '@/e2e/fixtures/hostile-text'
import { CARD, drawCard } from '@/lib/providers/images/card'

const titles = [
  'The lamp',
  'W'.repeat(200),
  'A title that goes on and on, '.repeat(7).slice(0, 200),
  '灯台守は毎晩百十二段の階段を上った'.repeat(8),
  'حارس المنارة يصعد كل ليلة ويكتب في الكتاب',
  'שומר המגדלור <b>עולה</b> & יורד',
  '🗼👩‍👩‍👧‍👦🏳️‍🌈 and \ud83d half of one',
  `Z${'\u0300\u0316\u0301'.repeat(60)}algo`,
  '\u0000\u0007\u202e\ufffe',
  '   ',
  ...HOSTILE_LINES,
]

for (const title of titles) {
  test(`draws ${JSON.stringify(title.slice(0, 40))}`, async () => {
    const picture = await drawCard({ title, author: title.slice(0, 80) })
    expect(await sharp(picture).metadata()).toMatchObject({ format: 'png', ...CARD })
    expect(picture.length).toBeLessThan(200_000)
  })
}

test('what is written is drawn as it is written', async () => {
  // Markup, read as markup, would leave the same two letters.
  const [plain, marked] = [
    await drawCard({ title: 'ab', author: 'A' }),
    await drawCard({ title: '<b>ab</b>', author: 'A' }),
  ]
  expect(marked.length).toBeGreaterThan(plain.length)
  expect((await sharp(plain).stats()).channels[0]?.min).toBeLessThan(60)
})
