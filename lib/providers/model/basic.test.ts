import { expect, test } from '@playwright/test'
import { collect, requestWith } from '@/e2e/fixtures/model-testing'
import { createModel, estimateTokens, type ModelRequest } from '@/lib/providers/model'
import { TOOLS } from '@/lib/schemas/tools'

const basic = () => createModel({ baseUrl: null, apiKey: null, model: null, timeoutMs: 1000, stallMs: 1000 })
const generate = (over: Partial<ModelRequest>) =>
  collect(basic().generate(requestWith('', { tool: 'summarize', prompt: '', ...over })))

const texts: Record<string, string[]> = {
  English: [
    'The lighthouse at Cape Ash has stood for two hundred years.',
    'Its keeper climbs one hundred and twelve steps every evening.',
    'In November the radio failed and the harbour went dark.',
    'The keeper turned the lens by hand all night.',
    'Four fishermen found their way between the rocks.',
    'The council wants to automate the lighthouse next year.',
    'The fishermen asked the council to let the keeper stay.',
  ],
  German: [
    'Der Leuchtturm am Kap steht seit zweihundert Jahren.',
    'Jeden Abend steigt die Wärterin hundertzwölf Stufen hinauf.',
    'Im November fiel das Funkgerät aus, und der Hafen lag im Dunkeln.',
    'Die Wärterin drehte die Linse die ganze Nacht von Hand.',
    'Vier Fischer fanden so den Weg zwischen den Felsen.',
    'Die Gemeinde will den Leuchtturm nächstes Jahr automatisieren.',
    'Die Fischer haben der Gemeinde geschrieben, damit die Wärterin bleiben darf.',
  ],
  Japanese: [
    '岬の灯台は二百年前に建てられた。',
    '灯台守のマルタは毎晩百十二段の階段を上る。',
    '十一月の嵐の夜、無線が壊れ、港は真っ暗になった。',
    'マルタは一晩中レンズを手で回した。',
    '四人の漁師は岩の間を抜けて港に戻ることができた。',
    '来年、町は灯台を自動化する予定だ。',
    '漁師たちは灯台守を残してほしいと町に手紙を書いた。',
  ],
  Arabic: [
    'تقف المنارة عند الرأس منذ مئتي عام.',
    'تصعد الحارسة كل مساء مئة واثنتي عشرة درجة.',
    'في نوفمبر تعطل الراديو وأظلم الميناء.',
    'أدارت الحارسة العدسة بيدها طوال الليل.',
    'وجد أربعة صيادين طريقهم بين الصخور.',
    'يريد المجلس أتمتة المنارة في العام القادم.',
    'كتب الصيادون إلى المجلس يطلبون بقاء الحارسة.',
  ],
}

test('says what it is', () => {
  expect(basic()).toMatchObject({ name: 'Basic (no AI model)', basic: true })
})

for (const [language, sentences] of Object.entries(texts)) {
  const text = sentences.join(language === 'Japanese' ? '' : ' ')

  test(`${language}: a summary is two to four of the text's sentences, in their order`, async () => {
    const { text: summary, texts: pieces, finishes, error } = await generate({ text })
    expect(error).toBeUndefined()
    const chosen = sentences.filter((sentence) => summary.includes(sentence))
    expect(chosen.length).toBeGreaterThanOrEqual(2)
    expect(chosen.length).toBeLessThanOrEqual(4)
    expect(summary).toBe(chosen.join(language === 'Japanese' ? '' : ' '))
    expect(pieces.length, 'streamed').toBeGreaterThan(1)
    const usage = { inputTokens: estimateTokens(text), outputTokens: estimateTokens(summary) }
    expect(finishes).toEqual([{ type: 'finish', usage }])
  })

  test(`${language}: five different titles in the text's words`, async () => {
    const { text: titles } = await generate({ tool: 'titles', text })
    const lines = titles.split('\n')
    expect(new Set(lines).size).toBe(5)
    expect(lines).toHaveLength(5)
    for (const line of lines) expect(text.toLowerCase()).toContain(line.toLowerCase())
  })
}

for (const text of [
  'Hello',
  'a',
  '7',
  '灯台',
  'Hi there',
  'Hello!',
  '?a?',
  '# Only a heading',
  '```\ncode\n```',
  '- x',
]) {
  test(`${JSON.stringify(text)} is enough for five titles and a summary`, async () => {
    const lines = (await generate({ tool: 'titles', text })).text.split('\n')
    expect(lines.filter((line) => line.trim())).toHaveLength(5)
    expect(new Set(lines).size).toBe(5)
    expect((await generate({ text })).text.length).toBeGreaterThan(0)
  })
}

for (const tool of TOOLS) {
  test(`${tool}: nothing to work on is no output`, async () => {
    for (const text of ['', '   ', '!!! … ???']) {
      const { error, texts } = await generate({ tool, text, prompt: '' })
      if (tool === 'rewrite' && text.includes('!')) expect(error).toBeUndefined()
      else expect(error).toMatchObject({ code: 'provider_failed', message: 'The model gave no output.' })
      if (error) expect(texts).toEqual([])
    }
  })

  test(`${tool}: the same request gives the same answer`, async () => {
    const text = texts.English?.join(' ') ?? ''
    const [one, two] = [
      await generate({ tool, text, prompt: 'shorter' }),
      await generate({ tool, text, prompt: 'shorter' }),
    ]
    expect(one.text).not.toBe('')
    expect(two).toEqual(one)
  })

  test(`${tool}: ten times the text takes about ten times the work, also without a full stop`, async () => {
    const prose = Array.from({ length: 300 }, (_, n) => texts.English?.join(` ${n} `)).join('\n\n')
    const awkward = ['a, ', '[a](', 'word ', '![', '灯台', '\n a', 'x'].map(
      (unit) => `word ${unit.repeat(50_000)}`,
    )
    for (const text of [prose, ...awkward]) {
      const [short, long] = [text.slice(0, 10_000), text.slice(0, 100_000)]
      await workFor(tool, short)
      const work = (await workFor(tool, long)) / (await workFor(tool, short))
      // A hundred times would be what grows by the square.
      expect(work, text.slice(0, 20)).toBeLessThan(40)
    }
  })
}

test('a draft is an outline, and says so', async () => {
  const { text } = await generate({
    tool: 'draft',
    prompt: 'Write a post about lighthouses in Norway',
    brief: 'Dry wit.',
  })
  const lines = text.split('\n')
  expect(lines[0]).toBe('# Lighthouses in Norway')
  expect(lines[2]).toMatch(/outline from the basic engine, with no AI model/)
  expect(text.match(/^## /gm)?.length).toBeGreaterThanOrEqual(4)
  expect(text.match(/\?$/gm)?.length).toBeGreaterThanOrEqual(6)
  expect(text).toContain('- Dry wit.')
})

const long =
  'The keeper really turned the lens by hand all through the night of the storm, and in the morning four fishermen ' +
  'stood in her kitchen and drank her coffee in order to get warm.'
const rewrites = [
  {
    prompt: 'nothing a rule knows',
    text: 'Too  many   spaces , here !!',
    expected: 'Too many spaces, here !',
  },
  {
    prompt: 'make it shorter',
    text: long,
    expected:
      'The keeper turned the lens by hand all through the night of the storm. In the morning four fishermen ' +
      'stood in her kitchen and drank her coffee to get warm.',
  },
  {
    prompt: 'as a bullet list',
    text: 'One is here. Two is there.',
    expected: '- One is here.\n- Two is there.',
  },
  { prompt: 'shorter', text: '```\nreally  very\n```', expected: '```\nreally  very\n```' },
]
for (const { prompt, text, expected } of rewrites) {
  test(`rewrite: ${prompt}`, async () => {
    const answer = (await generate({ tool: 'rewrite', prompt, text })).text
    expect(answer.split('\n\n*Basic engine (no AI model): ')[0]).toBe(expected)
    expect(answer).toMatch(/\*Basic engine \(no AI model\): [^\n]+\.\*$/)
  })
}

test('an abort ends it at once with its reason', async () => {
  const stop = new AbortController()
  const seen: string[] = []
  const reason = new Error('stopped by its owner')
  let error: unknown
  try {
    const request = requestWith('', {
      text: texts.English?.join(' ') ?? '',
      tool: 'summarize',
      signal: stop.signal,
    })
    for await (const event of basic().generate(request)) {
      if (event.type === 'text') seen.push(event.text)
      if (seen.length === 2) stop.abort(reason)
    }
  } catch (caught) {
    error = caught
  }
  expect(error).toBe(reason)
  expect(seen).toHaveLength(2)
})

/** Milliseconds of processor time until the answer begins; what other processes do does not count. */
async function workFor(tool: ModelRequest['tool'], text: string): Promise<number> {
  const before = process.cpuUsage()
  for await (const _ of basic().generate(requestWith('', { tool, text, prompt: `short ${text}` }))) break
  const { user, system } = process.cpuUsage(before)
  // Below that, it is the noise that is measured.
  return Math.max(2, (user + system) / 1_000)
}
