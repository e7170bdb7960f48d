import { acceptOnly } from '@/e2e/fixtures/generations'
import { expect, test } from '@/e2e/fixtures/own-database'
import { ChunkWriter } from '@/lib/services/generations/chunk-writer'
import { LiveText } from '@/lib/services/generations/live-text'
import { query, sql } from '@/lib/sql'

test('after a piece that could not be stored, none is', async ({ writer }) => {
  await query(sql`
    CREATE OR REPLACE FUNCTION lose() RETURNS trigger LANGUAGE plpgsql AS
      $$ BEGIN RAISE 'no room for it' USING ERRCODE = 'disk_full'; END $$`)
  await query(sql`
    CREATE OR REPLACE TRIGGER lose BEFORE INSERT ON generation_chunks
      FOR EACH ROW WHEN (NEW.text = 'lost ') EXECUTE FUNCTION lose()`)
  const claim = await acceptOnly(writer)
  const live = new LiveText(writer.userId)
  let lost = 0
  const chunks = new ChunkWriter({ ...claim, leaseMs: 300 }, live, () => {
    lost++
  })
  chunks.write('kept ')
  await chunks.end()
  chunks.write('lost ')
  chunks.write('came meanwhile ')
  await chunks.end()
  chunks.write('came later')
  await chunks.end()

  const stored = sql`SELECT seq, text FROM generation_chunks WHERE generation_id = ${claim.id}`
  expect(await query(stored)).toEqual([{ seq: 1, text: 'kept ' }])
  expect(live.chunks).toEqual(['kept '])
  expect({ broken: chunks.broken, lost }).toEqual({ broken: true, lost: 1 })
})
