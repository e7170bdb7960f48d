import { spawnSync } from 'node:child_process'
import { mkdtempSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { crc32 } from 'node:zlib'
import { expect, test } from '@playwright/test'
import sharp from 'sharp'
import { HOME } from '@/e2e/fixtures/env'
import { animation, noise, photo, picture, plain } from '@/e2e/fixtures/pictures'
import { newId } from '@/lib/ids'
import { normalizeImage } from '@/lib/providers/images'

function file(content: Buffer): string {
  const name = path.join(mkdtempSync(path.join(HOME, 'images-')), newId())
  writeFileSync(name, content)
  return name
}

/** Left, right, upper and lower part of a picture each of one colour. */
function quarters(): Promise<Buffer> {
  const quarter = (background: string, left: number, top: number) => ({
    input: { create: { width: 200, height: 150, channels: 3, background } as const },
    left,
    top,
  })
  return plain(400, 300, '#ff0000')
    .composite([quarter('#00ff00', 200, 0), quarter('#0000ff', 0, 150), quarter('#ffffff', 200, 150)])
    .png()
    .toBuffer()
}

test('a placeholder has the colours where the picture has them', async () => {
  const { placeholder } = await normalizeImage(file(await quarters()))
  const colours = placeholder
    .match(/.{6}/g)
    ?.map((one) => [0, 2, 4].map((at) => Number.parseInt(one.slice(at, at + 2), 16)))
  expect(colours).toHaveLength(12)
  const [topLeft, topRight, bottomLeft, bottomRight] = [0, 3, 8, 11].map((at) => colours?.[at] ?? [])
  expect(topLeft).toEqual([expect.any(Number), 0, 0])
  expect(topRight).toEqual([0, expect.any(Number), 0])
  expect(bottomLeft).toEqual([0, 0, expect.any(Number)])
  for (const [colour, at] of [
    [topLeft, 0],
    [topRight, 1],
    [bottomLeft, 2],
  ] as const)
    expect(colour?.[at]).toBeGreaterThan(200)
  for (const part of bottomRight ?? []) expect(part).toBeGreaterThan(200)
})

test('what can be seen through, if only in a corner, has no placeholder', async () => {
  const hole = { create: { width: 100, height: 100, channels: 4, background: '#000f' } } as const
  const open = await plain(300, 300)
    .ensureAlpha()
    .composite([{ input: hole, blend: 'dest-out', left: 0, top: 0 }])
    .png()
    .toBuffer()
  expect((await normalizeImage(file(open))).placeholder).toBe('')
  expect(
    (await normalizeImage(file(await plain(300, 300).ensureAlpha().png().toBuffer()))).placeholder,
  ).toMatch(/^(c0392b){12}$/)
})

const movements = [
  { is: 'an animated GIF', make: () => animation('gif'), animated: true },
  { is: 'an animated WebP', make: () => animation('webp'), animated: true },
  { is: 'a still GIF', make: () => picture('gif'), animated: false },
  { is: 'a still WebP', make: () => picture('webp'), animated: false },
  { is: 'a JPEG', make: () => picture('jpeg'), animated: false },
]

for (const { is, make, animated } of movements) {
  test(`${is} is known to be ${animated ? 'one that moves' : 'still'}`, async () => {
    expect(await normalizeImage(file(await make()))).toMatchObject({ animated })
  })
}

/** A PNG whose header says this size, whatever else is in it. */
async function pngThatSays(width: number, height: number): Promise<Buffer> {
  const png = await picture('png')
  png.writeUInt32BE(width, 16)
  png.writeUInt32BE(height, 20)
  png.writeUInt32BE(crc32(png.subarray(12, 29)), 29)
  return png
}

const refused: { is: string; make: () => Promise<Buffer>; code: string }[] = [
  {
    is: 'one of 400 megapixels, going by its header',
    make: () => pngThatSays(20_000, 20_000),
    code: 'too_large',
  },
  {
    is: 'a GIF that is cut between two frames',
    make: async () => cut(await animation('gif')),
    code: 'invalid',
  },
  {
    is: 'a JPEG of which a part is missing',
    make: async () => cut(await picture('jpeg', 300, 300)),
    code: 'invalid',
  },
  {
    is: 'a PNG of which a part is missing',
    make: async () => cut(await picture('png', 300, 300)),
    code: 'invalid',
  },
]

for (const { is, make, code } of refused) {
  test(`${is}, is refused`, async () => {
    await expect(normalizeImage(file(await make()))).rejects.toMatchObject({ code })
  })
}

test('a photo with a slip that its camera made is taken as it is', async () => {
  const jpeg = await picture('jpeg', 64, 48)
  // Bytes that belong to nothing, before the second segment: decoders warn of that, and go on.
  const second = 4 + jpeg.readUInt16BE(4)
  const slip = Buffer.concat([jpeg.subarray(0, second), Buffer.from([0, 1, 2, 3]), jpeg.subarray(second)])
  await expect(sharp(slip, { failOn: 'warning' }).toBuffer()).rejects.toThrow()
  expect(await normalizeImage(file(slip))).toMatchObject({ type: 'image/jpeg', width: 64, height: 48 })
})

test('a photo that lies on its side is written upright', async () => {
  const { path: written, width, height } = await normalizeImage(file(await photo('jpeg', 60, 40)))
  expect([width, height]).toEqual([40, 60])
  const { orientation, ...size } = await sharp(written).metadata()
  expect(size).toMatchObject({ width: 40, height: 60 })
  expect(orientation).toBeUndefined()
})

test('an animation that lies on its side is written upright, frame by frame, and goes on as it did', async () => {
  const lying = await sharp(await animation('webp', 60, 40), { animated: true })
    .withMetadata({ orientation: 6 })
    .webp({ lossless: true })
    .toBuffer()
  expect(await sharp(lying).metadata()).toMatchObject({ orientation: 6, pages: 3 })
  const { path: written, ...made } = await normalizeImage(file(lying))
  expect(made).toMatchObject({ type: 'image/webp', width: 40, height: 60, animated: true })
  const { orientation, ...now } = await sharp(written, { animated: true }).metadata()
  expect(now).toMatchObject({ pages: 3, width: 40, pageHeight: 60, delay: [100, 200, 300], loop: 2 })
  expect(orientation).toBeUndefined()
  for (const [page, channel] of [0, 1, 2].entries()) {
    const { channels } = await sharp(written, { page }).stats()
    expect(channels.map(({ mean }) => mean > 128)).toEqual([0, 1, 2].map((at) => at === channel))
  }
})

test('no decoder runs but those of the formats that are taken', async () => {
  const drawing = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>')
  for (const content of [drawing, await noise(9, 9).tiff().toBuffer()]) {
    // Another process has them all: what is refused here is no decoder that was never there.
    const elsewhere = spawnSync('node', ['-e', METADATA], { input: content, encoding: 'utf8' })
    expect(elsewhere).toMatchObject({ status: 0, stdout: '9' })
    await expect(sharp(content).metadata()).rejects.toThrow()
  }
})

const METADATA = `
  const parts = []
  process.stdin.on('data', (part) => parts.push(part)).on('end', async () =>
    process.stdout.write(String((await require('sharp')(Buffer.concat(parts)).metadata()).width)))`

function cut(content: Buffer): Buffer {
  return content.subarray(0, Math.floor(content.length * 0.7))
}
