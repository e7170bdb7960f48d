import { expect, test } from '@playwright/test'
import sharp from 'sharp'
import { isCompleteGif } from '@/lib/providers/images/gif'

const frames = (colours: string[]) =>
  Promise.all(
    colours.map((background) =>
      sharp({ create: { width: 30, height: 20, channels: 4, background } })
        .png()
        .toBuffer(),
    ),
  )

const still = async () =>
  sharp((await frames(['#123456']))[0])
    .gif()
    .toBuffer()
const moving = async (options = {}) =>
  sharp(await frames(['#ff0000', '#00ff00', '#0000ff']), { join: { animated: true } })
    .gif(options)
    .toBuffer()

test('a whole GIF is complete, and stays so with more behind its end', async () => {
  for (const gif of [await still(), await moving(), await moving({ interFrameMaxError: 8, loop: 1 })]) {
    expect(isCompleteGif(gif)).toBe(true)
    expect(isCompleteGif(Buffer.concat([gif, Buffer.from('<script>')]))).toBe(true)
  }
})

test('a GIF that is cut is not complete, wherever that is', async () => {
  const gif = await moving()
  for (let length = 0; length < gif.length; length++)
    expect(isCompleteGif(gif.subarray(0, length)), String(length)).toBe(false)
})

test('what has other blocks than a GIF is not complete', async () => {
  const gif = await still()
  gif.writeUInt8(0x42, gif.length - 1)
  expect(isCompleteGif(Buffer.concat([gif, Buffer.from([0x3b])]))).toBe(false)
})
