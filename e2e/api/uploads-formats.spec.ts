import sharp from 'sharp'
import { PRODUCT } from '../fixtures/env'
import { animation, noise, plain, upload } from '../fixtures/pictures'
import { expect, test } from '../fixtures/test'

/** As Chromium asks for a picture. */
const BROWSER = 'image/avif,image/webp,image/apng,image/svg+xml,image/*,*/*;q=0.8'

const get = (url: string, accept: string, headers = {}) =>
  fetch(`${PRODUCT.url}${url}`, { headers: { Accept: accept, ...headers } })

const asked = [
  { accept: BROWSER, type: 'image/avif', extension: 'avif' },
  { accept: 'image/webp, image/*', type: 'image/webp', extension: 'webp' },
  { accept: 'image/avif;q=0, image/webp', type: 'image/webp', extension: 'webp' },
  { accept: 'image/*', type: 'image/jpeg', extension: 'jpg' },
  { accept: '*/*', type: 'image/jpeg', extension: 'jpg' },
]

test('with a width, a still picture comes in the best format that is taken by name', async ({ api }) => {
  const { url, bytes } = await upload(api, await noise(1000, 600).jpeg().toBuffer(), { filename: 'Pier.jpg' })
  const tags = new Set<string>()
  for (const [w, width] of [
    [320, 320],
    [1000, 1000],
  ]) {
    for (const { accept, type, extension } of asked) {
      const answer = await get(`${url}?w=${w}`, accept)
      const content = Buffer.from(await answer.arrayBuffer())
      expect(answer.headers.get('content-type'), accept).toBe(type)
      expect(answer.headers.get('vary'), accept).toMatch(/\bAccept\b/)
      expect(answer.headers.get('content-disposition')).toBe(`inline; filename*=UTF-8''Pier.${extension}`)
      expect(await sharp(content).metadata(), accept).toMatchObject({ width, mediaType: type })
      tags.add(answer.headers.get('etag') ?? '')
      const again = await get(`${url}?w=${w}`, accept)
      expect(content.equals(Buffer.from(await again.arrayBuffer())), accept).toBe(true)
    }
  }
  // Three formats at two widths.
  expect(tags.size).toBe(6)
  const whole = await get(url, BROWSER)
  expect(whole.headers.get('content-type')).toBe('image/jpeg')
  expect((await whole.arrayBuffer()).byteLength).toBe(bytes)
  expect(whole.headers.get('vary') ?? '').not.toMatch(/\bAccept\b/)
})

test('caches and parts never mix the formats of one address', async ({ api }) => {
  const { url } = await upload(api, await noise(400, 300).jpeg().toBuffer())
  const avif = await get(`${url}?w=160`, BROWSER)
  const tag = avif.headers.get('etag') ?? ''
  const content = Buffer.from(await avif.arrayBuffer())
  const fresh = await get(`${url}?w=160`, BROWSER, { 'If-None-Match': tag })
  expect([fresh.status, fresh.headers.get('vary')]).toEqual([304, expect.stringMatching(/\bAccept\b/)])
  expect((await get(`${url}?w=160`, '*/*', { 'If-None-Match': tag })).status).toBe(200)
  const part = await get(`${url}?w=160`, BROWSER, { Range: 'bytes=10-19', 'If-Range': tag })
  expect(part.status).toBe(206)
  expect(Buffer.from(await part.arrayBuffer())).toEqual(content.subarray(10, 20))
  expect((await get(`${url}?w=160`, '*/*', { Range: 'bytes=10-19', 'If-Range': tag })).status).toBe(200)
})

for (const format of ['gif', 'webp'] as const) {
  test(`an animated ${format} stays what it is, and animated, whatever is taken`, async ({ api }) => {
    const { url, mime } = await upload(api, await animation(format, 400, 300))
    for (const w of [160, 400]) {
      const answer = await get(`${url}?w=${w}`, BROWSER)
      expect(answer.headers.get('content-type')).toBe(mime)
      const content = Buffer.from(await answer.arrayBuffer())
      const moving = { pages: 3, delay: [100, 200, 300], width: w }
      expect(await sharp(content, { animated: true }).metadata()).toMatchObject(moving)
    }
  })
}

test('a still GIF may be something else, and what can be seen through can be in every format', async ({
  api,
}) => {
  const still = await upload(api, await plain(300, 200).gif().toBuffer())
  expect((await get(`${still.url}?w=160`, BROWSER)).headers.get('content-type')).toBe('image/avif')
  const clear = { r: 0, g: 0, b: 0, alpha: 0 }
  const sent = await sharp({ create: { width: 300, height: 200, channels: 4, background: clear } })
    .png()
    .toBuffer()
  const { url } = await upload(api, sent)
  for (const accept of ['image/avif', 'image/webp', '*/*']) {
    const answer = await get(`${url}?w=160`, accept)
    const { channels } = await sharp(Buffer.from(await answer.arrayBuffer())).stats()
    expect(channels[3]?.max, accept).toBe(0)
  }
})

test('nothing is made that is larger than the widest that is served', async ({ api }) => {
  const { url, bytes } = await upload(api, await noise(2000, 60).jpeg().toBuffer())
  for (const w of [2000, 99999]) {
    const answer = await get(`${url}?w=${w}`, BROWSER)
    expect(answer.headers.get('content-type')).toBe('image/jpeg')
    expect((await answer.arrayBuffer()).byteLength).toBe(bytes)
  }
  expect((await get(`${url}?w=1920`, BROWSER)).headers.get('content-type')).toBe('image/avif')
})

test('a picture too tall for the faster formats comes in its own', async ({ api }) => {
  const { url } = await upload(api, await plain(200, 18_000).png().toBuffer(), { filename: 'Page.png' })
  const answer = await get(`${url}?w=160`, BROWSER)
  expect(answer.status).toBe(200)
  expect(answer.headers.get('content-type')).toBe('image/avif')
  const whole = await get(`${url}?w=640`, BROWSER)
  expect([whole.status, whole.headers.get('content-type')]).toEqual([200, 'image/png'])
})
