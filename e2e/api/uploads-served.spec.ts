import sharp from 'sharp'
import { PRODUCT } from '../fixtures/env'
import { NO_ID } from '../fixtures/paths'
import { FORMATS, noise, picture, upload } from '../fixtures/pictures'
import { expectProblem, pointersOf } from '../fixtures/problem'
import { rawCall } from '../fixtures/raw-http'
import { type Api, expect, test } from '../fixtures/test'

const get = (url: string, headers: Record<string, string> = {}, method = 'GET') =>
  fetch(`${PRODUCT.url}${url}`, { headers, method })

async function photo(api: Api, width = 1000, height = 600) {
  return upload(api, await noise(width, height).jpeg().toBuffer(), { filename: `It's "mine" (1)*.jpg` })
}

test('a picture is served to everybody, for ever, and as nothing but a picture', async ({ api }) => {
  const made = await photo(api, 100, 60)
  const answer = await get(made.url)
  expect(answer.status).toBe(200)
  expect((await answer.arrayBuffer()).byteLength).toBe(made.bytes)
  expect(Object.fromEntries(answer.headers)).toMatchObject({
    'content-type': 'image/jpeg',
    'cache-control': 'public, max-age=31536000, immutable',
    'x-content-type-options': 'nosniff',
    'content-security-policy': "default-src 'none'; frame-ancestors 'none'; sandbox",
    'content-disposition': "inline; filename*=UTF-8''It%27s%20mine%20%281%29.jpg",
    'cross-origin-resource-policy': 'cross-origin',
    'accept-ranges': 'bytes',
    'content-length': String(made.bytes),
    'access-control-allow-origin': '*',
    etag: expect.stringMatching(/^"[\w-]+"$/),
  })
  expect(answer.headers.get('set-cookie')).toBeNull()
})

test('HEAD answers as GET does, without the picture', async ({ api }) => {
  const made = await photo(api, 400, 300)
  for (const url of [made.url, `${made.url}?w=160`]) {
    const [head, whole] = [await get(url, { Range: 'bytes=0-9' }, 'HEAD'), await get(url)]
    expect([head.status, await head.text()]).toEqual([200, ''])
    for (const name of ['etag', 'content-type', 'content-length', 'cache-control', 'content-disposition'])
      expect(head.headers.get(name), name).toBe(whole.headers.get(name))
  }
})

test('who has it already is not sent it again', async ({ api }) => {
  const { url } = await photo(api, 400, 300)
  const tags = new Set<string>()
  for (const address of [url, `${url}?w=160`, `${url}?w=320`]) {
    const tag = (await get(address)).headers.get('etag') ?? ''
    tags.add(tag)
    const answer = await get(address, { 'If-None-Match': `"other", ${tag}` })
    expect([answer.status, await answer.text()]).toEqual([304, ''])
    expect(answer.headers.get('cache-control')).toContain('immutable')
  }
  expect(tags.size).toBe(3)
})

const ranges = [
  { range: 'bytes=0-0', from: 0, to: 1 },
  { range: 'bytes=10-19', from: 10, to: 20 },
  { range: 'bytes=100-', from: 100, to: undefined },
  { range: 'bytes=-5', from: -5, to: undefined },
  { range: 'bytes=5-99999999', from: 5, to: undefined },
  { range: 'bytes=-99999999', from: 0, to: undefined },
]

test('parts of a picture are served', async ({ api }) => {
  const made = await photo(api)
  const whole = Buffer.from(await (await get(made.url)).arrayBuffer())
  for (const { range, from, to } of ranges) {
    const answer = await get(made.url, { Range: range })
    const part = whole.subarray(from, to)
    expect(answer.status, range).toBe(206)
    expect(Buffer.from(await answer.arrayBuffer()), range).toEqual(part)
    const start = from < 0 ? made.bytes + from : from
    const said = `bytes ${start}-${start + part.length - 1}/${made.bytes}`
    expect(answer.headers.get('content-range'), range).toBe(said)
    expect(answer.headers.get('content-length'), range).toBe(String(part.length))
  }
})

test('a part that there is not is 416, and what is no part is the whole', async ({ api }) => {
  const made = await photo(api, 100, 60)
  for (const range of [`bytes=${made.bytes}-`, 'bytes=99999999-', 'bytes=-0']) {
    const answer = await get(made.url, { Range: range })
    expect([answer.status, await answer.text()], range).toEqual([416, ''])
    expect(answer.headers.get('content-range'), range).toBe(`bytes */${made.bytes}`)
  }
  for (const range of [
    'bytes=',
    'bytes=-',
    'bytes=9-5',
    'bytes=0-1,4-5',
    'lines=0-1',
    'bytes=a-b',
    'bytes 0-1',
  ]) {
    const answer = await get(made.url, { Range: range })
    expect([answer.status, (await answer.arrayBuffer()).byteLength], range).toEqual([200, made.bytes])
  }
})

test('a part is continued only of the same picture', async ({ api }) => {
  const made = await photo(api, 100, 60)
  const tag = (await get(made.url)).headers.get('etag') ?? ''
  expect((await get(made.url, { Range: 'bytes=9-', 'If-Range': tag })).status).toBe(206)
  expect((await get(made.url, { Range: 'bytes=9-', 'If-Range': '"another"' })).status).toBe(200)
  expect((await get(made.url, { Range: 'bytes=9-', 'If-Range': `W/${tag}` })).status).toBe(200)
})

for (const { format, mime } of FORMATS) {
  test(`${mime} is served narrower, as the same format, and smaller`, async ({ api }) => {
    const made = await upload(api, await picture(format, 700, 350))
    const answer = await get(`${made.url}?w=320`)
    expect(answer.headers.get('content-type')).toBe(mime)
    const content = Buffer.from(await answer.arrayBuffer())
    expect(content.byteLength).toBeLessThan(made.bytes)
    expect(await sharp(content).metadata()).toMatchObject({ width: 320, height: 160, mediaType: mime })
  })
}

test('a width is served as the next that there is, and never wider than the picture is', async ({ api }) => {
  const { url, width } = await photo(api, 1000, 600)
  const asked = {
    1: 160,
    160: 160,
    161: 320,
    640: 640,
    641: 960,
    961: width,
    1000: width,
    1920: width,
    99999: width,
  }
  for (const [w, expected] of Object.entries(asked)) {
    const content = await (await get(`${url}?w=${w}`)).arrayBuffer()
    expect((await sharp(Buffer.from(content)).metadata()).width, w).toBe(expected)
  }
})

test('a width that is asked for by many at once is the same for all', async ({ api }) => {
  const { url } = await photo(api)
  const answers = await Promise.all(
    Array.from({ length: 12 }, async () => {
      const answer = await get(`${url}?w=640`)
      expect(answer.status).toBe(200)
      return Buffer.from(await answer.arrayBuffer()).toString('base64')
    }),
  )
  expect(new Set(answers).size).toBe(1)
})

for (const w of ['0', '-1', '1.5', 'wide', '100001', '1e9', '']) {
  test(`refuses ?w=${w}`, async ({ api }) => {
    const { url } = await photo(api, 100, 60)
    expect(pointersOf(await expectProblem(await get(`${url}?w=${w}`), 'invalid'))).toEqual(['/w'])
  })
}

test('a picture has one address', async ({ api }) => {
  const { id, url } = await photo(api, 100, 60)
  const others = [
    `/uploads/${id}/other.jpg`,
    `/uploads/${id}`,
    `${url}x`,
    url.replace('.jpg', '.html'),
    `/uploads/${NO_ID}/${url.split('/').at(-1)}`,
    `/uploads/nothing/${url.split('/').at(-1)}`,
    `/uploads/${id}/%`,
    `/uploads/${id}/..%2Foriginal`,
  ]
  for (const address of others) expect((await rawCall(address)).status, address).toBeGreaterThanOrEqual(400)
  // The same characters, written otherwise.
  expect((await rawCall(url.replace('(', '%28'))).status).toBe(200)
})

test('pictures are only read at their address', async ({ api }) => {
  const { url } = await photo(api, 100, 60)
  for (const method of ['POST', 'PUT', 'PATCH', 'DELETE']) {
    const answer = await get(url, {}, method)
    await expectProblem(answer, 'method_not_allowed')
    expect(answer.headers.get('allow')).toBe('GET, HEAD, OPTIONS')
  }
  expect((await get(url, {}, 'OPTIONS')).status).toBe(204)
  expect((await get(url)).status).toBe(200)
})
