import { Readable } from 'node:stream'
import { createPerson } from '@/e2e/fixtures/factories'
import { expect, test } from '@/e2e/fixtures/own-database'
import { noise } from '@/e2e/fixtures/pictures'
import { AppError } from '@/lib/errors'
import { spool } from '@/lib/providers/spool'
import { createUpload, deleteUpload, uploadRoom } from '@/lib/services/uploads'
import type { Viewer } from '@/lib/services/viewer'
import { query, sql } from '@/lib/sql'

async function send(viewer: Viewer, content: Buffer) {
  const sent = await spool().take(Readable.from([content]), Number.POSITIVE_INFINITY)
  try {
    return await createUpload(viewer, { ...sent, filename: 'x.png' }, null)
  } finally {
    await spool().remove(sent.path)
  }
}

const allow = (bytes: number | null) =>
  query(sql`UPDATE tier_policies SET upload_quota = ${bytes} WHERE tier = 'free'`)

const stored = async (viewer: Viewer) => {
  const [row] = await query<{ count: number; bytes: number }>(
    sql`SELECT count(*)::int AS count, coalesce(sum(bytes), 0)::int AS bytes FROM uploads WHERE owner_id = ${viewer.userId}`,
  )
  return row
}

test('20 uploads at once take the room that there is, and not a byte more', async ({ database: _ }) => {
  const [ada, bea] = [await createPerson(), await createPerson({ name: 'Bea' })]
  const content = await noise(60, 40).png().toBuffer()
  const first = await send(ada, content)
  // Room for seven of them, and most of an eighth.
  const allowed = first.bytes * 8 - 1
  await allow(allowed)
  const sent = await Promise.allSettled(Array.from({ length: 20 }, () => send(ada, content)))
  const made = sent.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []))
  const refused = sent.flatMap((one) => (one.status === 'rejected' ? [one.reason] : []))
  expect([made.length, refused.length]).toEqual([6, 14])
  for (const error of refused) {
    expect(error).toBeInstanceOf(AppError)
    expect(error).toMatchObject({
      code: 'too_large',
      message: expect.stringMatching(
        /^There is no room for this picture, which takes [\d.]+ KB: .+ are used\./,
      ),
      fields: [{ pointer: '/file' }],
    })
  }
  expect(await stored(ada)).toEqual({ count: 7, bytes: first.bytes * 7 })
  expect(await uploadRoom(ada)).toEqual({ used: first.bytes * 7, allowed })
  // Nothing is left of what was refused but what the sweep takes.
  expect(await query(sql`SELECT FROM orphan_files WHERE NOT condemned`)).toEqual([])
  expect(await send(bea, content)).toMatchObject({ bytes: first.bytes })

  await deleteUpload(ada, first.id)
  expect(await uploadRoom(ada)).toMatchObject({ used: first.bytes * 6 })
  await send(ada, content)
  await expect(send(ada, content)).rejects.toMatchObject({ code: 'too_large' })

  // Less room than is used takes nothing away.
  await allow(0)
  expect(await stored(ada)).toEqual({ count: 7, bytes: first.bytes * 7 })
  await expect(send(bea, content)).rejects.toMatchObject({ code: 'too_large' })
  await allow(null)
  await Promise.all(Array.from({ length: 3 }, () => send(ada, content)))
  expect(await uploadRoom(ada)).toEqual({ used: first.bytes * 10, allowed: null })
  await query(sql`DELETE FROM uploads WHERE owner_id = ${ada.userId}`)
  expect(await uploadRoom(ada)).toEqual({ used: 0, allowed: null })
})
