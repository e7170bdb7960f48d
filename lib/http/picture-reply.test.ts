import { Readable } from 'node:stream'
import { createPerson } from '@/e2e/fixtures/factories'
import { expect, test } from '@/e2e/fixtures/own-database'
import { noise } from '@/e2e/fixtures/pictures'
import { pictureReply } from '@/lib/http/picture-reply'
import { inTurn } from '@/lib/providers/images/turns'
import { spool } from '@/lib/providers/spool'
import { createUpload, servePicture } from '@/lib/services/uploads'

test('while too many copies are being made, the upload stands in for one, and is not kept in its place', async ({
  database: _,
}) => {
  const writer = await createPerson()
  const content = await noise(400, 300).png().toBuffer()
  const sent = await spool().take(Readable.from([content]), Number.POSITIVE_INFINITY)
  const { id, filename } = await createUpload(writer, { ...sent, filename: 'Pier.png' }, null)
  await spool().remove(sent.path)
  const ask = async () => {
    const picture = await servePicture(id, filename, { width: 320, accepts: ['image/webp'] })
    const { headers } = await pictureReply(new Request('http://a.example/', { method: 'HEAD' }), picture)
    return { mime: picture.mime, kept: headers['Cache-Control'], tag: picture.tag }
  }
  const { promise: busy, resolve: end } = Promise.withResolvers<void>()
  let begun = 0
  const copy = () =>
    inTurn('copy', 1, () => {
      begun++
      return busy
    })
  const others = [copy(), copy(), copy()]
  await expect.poll(() => begun).toBe(3)
  others.push(...Array.from({ length: 24 }, copy))
  const meanwhile = await ask()
  expect(meanwhile).toMatchObject({ mime: 'image/png', kept: 'no-store' })
  end()
  await Promise.all(others)
  const afterwards = await ask()
  expect(afterwards).toMatchObject({ mime: 'image/webp', kept: expect.stringContaining('immutable') })
  expect(afterwards.tag).not.toBe(meanwhile.tag)
})
