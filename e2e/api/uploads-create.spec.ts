import sharp from 'sharp'
import { upload as uploadSchema } from '@/lib/schemas/uploads'
import { altOf } from '@/lib/services/uploads'
import { query, sql } from '@/lib/sql'
import { PRODUCT } from '../fixtures/env'
import { createCookieFor, createKeyFor } from '../fixtures/factories'
import { animation, FORMATS, noise, photo, picture, plain, sendFile, upload } from '../fixtures/pictures'
import { createPost } from '../fixtures/posts'
import { expectProblem } from '../fixtures/problem'
import { apiWith, expect, test } from '../fixtures/test'

/** What is served at an upload's address. */
async function served({ url }: { url: string }): Promise<Buffer> {
  const answer = await fetch(`${PRODUCT.url}${url}`)
  expect(answer.status).toBe(200)
  return Buffer.from(await answer.arrayBuffer())
}

for (const { format, mime, extension } of FORMATS) {
  test(`takes ${mime}, judged by its content and not by its name`, async ({ api }) => {
    const sent = await picture(format, 70, 50)
    const answer = await sendFile(api, sent, { filename: 'Fjärran hamn.docx', type: 'application/msword' })
    const made = await answer.json()
    expect(answer.status).toBe(201)
    expect(made).toEqual({
      id: expect.stringMatching(/^[\da-f-]{36}$/),
      filename: `Fjärran hamn.${extension}`,
      mime,
      bytes: expect.any(Number),
      width: 70,
      height: 50,
      url: `/uploads/${made.id}/Fj%C3%A4rran%20hamn.${extension}`,
      createdAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/),
    })
    expect(uploadSchema.strict().parse(made)).toEqual(made)
    expect(answer.headers.get('location')).toBe(`/api/uploads/${made.id}`)
    expect(await (await api(`/api/uploads/${made.id}`)).json()).toEqual(made)
    const content = await served(made)
    expect(content.byteLength).toBe(made.bytes)
    expect(await sharp(content).metadata()).toMatchObject({ width: 70, height: 50, mediaType: mime })
  })
}

for (const format of ['jpeg', 'png', 'webp'] as const) {
  test(`a photo as ${format} loses place, camera and name, and stands upright`, async ({ api }) => {
    const sent = await photo(format, 60, 40)
    const before = await sharp(sent).metadata()
    expect(before).toMatchObject({ width: 60, height: 40, orientation: 6 })
    expect(sent.includes('Ada of Norrvik')).toBe(true)
    const made = await upload(api, sent)
    expect(made).toMatchObject({ width: 40, height: 60 })
    const content = await served(made)
    const after = await sharp(content).metadata()
    for (const left of ['orientation', 'exif', 'icc', 'xmp', 'iptc'] as const)
      expect(after[left], left).toBeUndefined()
    expect(content.includes('Norrvik')).toBe(false)
    // The white corner was at the top left, and is at the top right after a quarter turn.
    expect(await pixel(content, 35, 5)).toEqual([255, 255, 255].map((value) => near(value)))
    expect(await pixel(content, 5, 5)).toEqual([0xc0, 0x39, 0x2b].map((value) => near(value)))
  })
}

test('colours stay what they were when their profile goes', async ({ api }) => {
  // A green that the wide profile writes with other numbers than sRGB does.
  const sent = await plain(40, 40, '#20a040').withIccProfile('p3').png().toBuffer()
  const raw = await sharp(sent, { ignoreIcc: true }).raw().toBuffer()
  expect([...raw.subarray(0, 3)]).not.toEqual([0x20, 0xa0, 0x40])
  const content = await served(await upload(api, sent))
  expect((await sharp(content).metadata()).icc).toBeUndefined()
  expect(await pixel(content, 5, 5)).toEqual([0x20, 0xa0, 0x40].map((value) => near(value)))
})

test('a JPEG for print becomes one for screens', async ({ api }) => {
  const sent = await plain(40, 40).toColourspace('cmyk').jpeg().toBuffer()
  expect((await sharp(sent).metadata()).space).toBe('cmyk')
  expect((await sharp(await served(await upload(api, sent))).metadata()).space).toBe('srgb')
})

test('a picture of few colours keeps them all, and does not grow', async ({ api }) => {
  const sent = await sharp(await animation('gif', 90, 60))
    .png({ palette: true })
    .toBuffer()
  expect((await sharp(sent).metadata()).isPalette).toBe(true)
  const content = await served(await upload(api, sent))
  expect(content.byteLength).toBeLessThanOrEqual(sent.byteLength + 64)
  expect(await sharp(content).raw().toBuffer()).toEqual(await sharp(sent).raw().toBuffer())
})

for (const format of ['gif', 'webp'] as const) {
  test(`an animated ${format} stays animated, also where it is served narrower`, async ({ api }) => {
    const made = await upload(api, await animation(format, 400, 300))
    expect(made).toMatchObject({ width: 400, height: 300 })
    for (const [query, width, height] of [
      ['', 400, 300],
      ['?w=160', 160, 120],
    ] as const) {
      const content = await served({ url: made.url + query })
      const moving = { pages: 3, delay: [100, 200, 300], loop: 2, width, pageHeight: height }
      expect(await sharp(content, { animated: true }).metadata(), query).toMatchObject(moving)
    }
  })
}

const script = '<script>alert(document.domain)</script>'
const polyglots: { name: string; make: () => Promise<Buffer> }[] = [
  {
    name: 'a GIF with a page behind it',
    make: async () => Buffer.concat([await picture('gif'), Buffer.from(script)]),
  },
  {
    name: 'a JPEG with a page behind it',
    make: async () => Buffer.concat([await picture('jpeg'), Buffer.from(script)]),
  },
  {
    name: 'a PNG with a page behind it',
    make: async () => Buffer.concat([await picture('png'), Buffer.from(script)]),
  },
  {
    name: 'a JPEG with a page in its comment',
    make: async () => {
      const jpeg = await picture('jpeg')
      const comment = Buffer.from(script)
      const segment = Buffer.from([0xff, 0xfe, 0, comment.length + 2])
      return Buffer.concat([jpeg.subarray(0, 2), segment, comment, jpeg.subarray(2)])
    },
  },
]

for (const { name, make } of polyglots) {
  test(`${name} is served without the page`, async ({ api }) => {
    const sent = await make()
    expect(sent.includes(script)).toBe(true)
    const content = await served(await upload(api, sent))
    expect(content.includes('script')).toBe(false)
  })
}

const svg = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><script>alert(1)</script></svg>'
const unsupported: { name: string; make: () => Promise<Buffer> | Buffer }[] = [
  { name: 'SVG', make: () => Buffer.from(svg) },
  { name: 'SVG with its declaration', make: () => Buffer.from(`<?xml version="1.0"?>\n${svg}`) },
  { name: 'a page', make: () => Buffer.from(`<!doctype html><html><body>${script}</body></html>`) },
  { name: 'text', make: () => Buffer.from('These are only words.') },
  { name: 'one byte', make: () => Buffer.from([0]) },
  { name: 'PDF', make: () => Buffer.from('%PDF-1.7\n1 0 obj\n<<>>\nendobj\n') },
  { name: 'ZIP', make: () => Buffer.from('504b0304140000000800', 'hex') },
  { name: 'a program', make: () => Buffer.from('7f454c46020101000000000000000000', 'hex') },
  { name: 'TIFF', make: () => noise(20, 20).tiff().toBuffer() },
  { name: 'BMP', make: () => Buffer.from('424d46000000000000003600000028000000', 'hex') },
  { name: 'HEIC', make: () => Buffer.from('000000186674797068656963000000006d6966316865696300', 'hex') },
  { name: 'JPEG XL', make: () => Buffer.from('0000000c4a584c200d0a870a00000014667479706a786c20', 'hex') },
  {
    name: 'a page that goes on as a PNG',
    make: async () => Buffer.concat([Buffer.from(script), await picture('png')]),
  },
]

for (const { name, make } of unsupported) {
  test(`refuses ${name}, whatever it is called, and keeps nothing`, async ({ api, writer }) => {
    const answer = await sendFile(api, await make(), { filename: 'picture.png', type: 'image/png' })
    const { errors } = await expectProblem(answer, 'unsupported_media_type')
    expect(errors).toEqual([{ pointer: '/file', detail: expect.stringContaining('PNG, JPEG, WebP, AVIF') }])
    expect(await rowsOf(writer.userId)).toBe(0)
  })
}

const broken: { name: string; make: () => Promise<Buffer> }[] = [
  ...FORMATS.flatMap(({ format }) =>
    [0.4, 0.9, 0.99].map((part) => ({
      name: `a ${format} of which ${part * 100} % have arrived`,
      make: async () => cut(await picture(format, 200, 200), part),
    })),
  ),
  { name: 'a GIF that is cut between two frames', make: async () => cut(await animation('gif'), 0.7) },
  { name: 'a GIF without its last byte', make: async () => (await animation('gif')).subarray(0, -1) },
  { name: 'a WebP that is cut between two frames', make: async () => cut(await animation('webp'), 0.7) },
  {
    name: 'the beginning of a PNG before noise',
    make: async () =>
      Buffer.concat([(await picture('png')).subarray(0, 60), await noise(9, 9).raw().toBuffer()]),
  },
  {
    name: 'a PNG with a wrong checksum in its middle',
    make: async () => {
      const png = await picture('png')
      png.writeUInt8(png.readUInt8(png.length >> 1) ^ 0xff, png.length >> 1)
      return png
    },
  },
]

for (const { name, make } of broken) {
  test(`refuses ${name}, and keeps nothing`, async ({ api, writer }) => {
    const { errors } = await expectProblem(await sendFile(api, await make()), 'invalid')
    expect(errors).toEqual([{ pointer: '/file', detail: expect.stringContaining('broken or incomplete') }])
    expect(await rowsOf(writer.userId)).toBe(0)
  })
}

const bombs: { name: string; make: () => Promise<Buffer> }[] = [
  { name: '56 megapixels', make: () => plain(8_000, 7_000).png({ palette: true }).toBuffer() },
  { name: 'a line of 51 megapixels', make: () => plain(51_000, 1_000).png({ palette: true }).toBuffer() },
  { name: 'an animation of 3 times 20 megapixels', make: () => animation('gif', 5_000, 4_000) },
]

for (const { name, make } of bombs) {
  test(`refuses ${name} in a small file before decoding it`, async ({ api, writer }) => {
    const sent = await make()
    expect(sent.byteLength).toBeLessThan(1_000_000)
    const { errors } = await expectProblem(await sendFile(api, sent), 'too_large')
    expect(errors).toEqual([{ pointer: '/file', detail: expect.stringContaining('50 megapixels') }])
    expect(await rowsOf(writer.userId)).toBe(0)
  })
}

test('takes 50 megapixels', async ({ api }) => {
  test.slow()
  const made = await upload(api, await plain(10_000, 5_000).png({ palette: true }).toBuffer())
  expect(made).toMatchObject({ width: 10_000, height: 5_000 })
})

test('pictures are uploaded with uploads:write alone, and by nobody in particular not at all', async ({
  writer,
}) => {
  const content = await picture()
  const reader = apiWith(await createKeyFor(writer, ['uploads:read', 'posts:write']))
  await expectProblem(await sendFile(reader, content), 'forbidden')
  await expectProblem(await sendFile(apiWith(null), content), 'unauthenticated')
  expect(await rowsOf(writer.userId)).toBe(0)
  const uploader = apiWith(await createKeyFor(writer, ['uploads:write']))
  const { id } = await upload(uploader, content)
  await expectProblem(await uploader('/api/uploads'), 'forbidden')
  await expectProblem(await uploader(`/api/uploads/${id}`), 'forbidden')
})

test('with the dashboard’s cookie pictures are uploaded from this site only', async ({ writer }) => {
  const { name, value } = await createCookieFor(writer)
  const send = async (headers: Record<string, string>) =>
    sendFile(apiWith(null), await picture(), { headers: { Cookie: `${name}=${value}`, ...headers } })
  await expectProblem(await send({ Origin: 'https://evil.example' }), 'cross_site')
  await expectProblem(await send({}), 'cross_site')
  expect(await rowsOf(writer.userId)).toBe(0)
  expect((await send({ Origin: PRODUCT.url })).status).toBe(201)
})

async function rowsOf(userId: string): Promise<number> {
  return (await query(sql`SELECT FROM uploads WHERE owner_id = ${userId}`)).length
}

function cut(content: Buffer, part: number): Buffer {
  return content.subarray(0, Math.floor(content.length * part))
}

async function pixel(content: Buffer, left: number, top: number): Promise<number[]> {
  const { data } = await sharp(content)
    .extract({ left, top, width: 1, height: 1 })
    .removeAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true })
  return [...data]
}

/** What compression may make of a value. */
function near(value: number) {
  return expect.closeTo(value, -1)
}

test('what a picture shows is taken with it, and told by the post that has it for its cover', async ({
  api,
  writer,
}) => {
  const alt = 'A pier & "more"'
  const query = (text: string) => `?${new URLSearchParams({ alt: text })}`
  const made = await upload(api, await picture(), { query: query(` ${alt} `) })
  expect(await altOf(writer, made.id)).toBe(alt)
  const post = await createPost(api, { coverUploadId: made.id, status: 'published' })
  expect(await (await fetch(`${PRODUCT.url}/posts/${post.slug}`)).text()).toContain(
    'alt="A pier &amp; &quot;more&quot;"',
  )
  const answer = await sendFile(api, await picture(), { query: query('x'.repeat(301)) })
  await expectProblem(answer, 'invalid')
})
