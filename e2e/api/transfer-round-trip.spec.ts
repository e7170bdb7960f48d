import { listProjects } from '@/lib/services/projects'
import { query, sql } from '@/lib/sql'
import { createPerson } from '../fixtures/factories'
import { expect, test } from '../fixtures/test'
import { comparable, comparableFiles, distances } from '../fixtures/transfer/compare'
import { exported, importFile, uploadsOf } from '../fixtures/transfer/import'
import { writeMuch } from '../fixtures/transfer/much'

// Pictures are decoded and encoded on the way, on a machine that does much else.
test.describe.configure({ timeout: 90_000 })

test('a round trip loses nothing: exported, imported by another, exported again', async ({ writer }) => {
  await writeMuch(writer)
  const first = await exported(writer)
  const before = await comparable(writer)
  expect(before.posts).toHaveLength(7)
  expect(before.uploads).toHaveLength(8)
  // Addresses are everybody's: the first account makes room, as another installation has it.
  await query(sql`UPDATE posts SET slug = 'moved-' || id WHERE author_id = ${writer.userId}`)
  await query(
    sql`DELETE FROM former_slugs WHERE post_id IN (SELECT id FROM posts WHERE author_id = ${writer.userId})`,
  )

  const bea = await createPerson({ name: 'Bea' })
  const result = await importFile(bea, 'inkwell.zip', first)
  expect(result).toMatchObject({ status: 'done', made: 7, refused: 0, remarks: ['One project was made.'] })
  expect(result.lines.flatMap(({ remarks }) => remarks)).toEqual([])
  expect(await comparable(bea)).toEqual(before)
  const second = await exported(bea)
  expect(await comparableFiles(second)).toEqual(await comparableFiles(first))
  for (const [name, distance] of Object.entries(await distances(first, second)))
    expect(distance, name).toBeLessThan(5)

  // Back where it came from, and where it was brought to, everything is there already.
  for (const person of [writer, bea]) {
    const uploads = await uploadsOf(person)
    expect(await importFile(person, 'again.zip', first)).toMatchObject({ made: 0, there: 7, refused: 0 })
    expect(await uploadsOf(person)).toEqual(uploads)
    expect(await listProjects(person)).toHaveLength(1)
  }
})
