import { cpSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { expect, test } from '@playwright/test'
import { withEmptyDatabase } from '@/e2e/fixtures/databases'
import { migrate } from '@/lib/migrate'
import { query, sql } from '@/lib/sql'

const NAMES = ['20261126150000_versions_beside', '20261126150100_latest_versions_beside']

test('of the versions from before, the last one of each post knows what stands beside it', async () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'inkwell-versions-'))
  try {
    const earlier = readdirSync('prisma/migrations').filter((name) => name < String(NAMES[0]))
    for (const name of earlier)
      cpSync(path.join('prisma/migrations', name), path.join(folder, name), { recursive: true })
    await withEmptyDatabase(async () => {
      await migrate(folder)
      await query(sql`
        WITH author AS (
          INSERT INTO users (id, email, name, password_hash) VALUES (gen_random_uuid(), 'a@b', 'Ada', '') RETURNING id
        ), post AS (
          INSERT INTO posts (id, author_id, title, content, slug, tags, tag_keys, version)
          SELECT gen_random_uuid(), id, 'Two', '', 'two', '{Sea}', '{sea}', 2 FROM author RETURNING id
        )
        INSERT INTO post_versions (post_id, version, title, content, excerpt)
        SELECT id, n, 'Version ' || n, '', '' FROM post, generate_series(1, 2) n`)
      for (const name of NAMES)
        cpSync(path.join('prisma/migrations', name), path.join(folder, name), { recursive: true })
      expect(await migrate(folder)).toEqual(NAMES)
      expect(await query(sql`SELECT version, title, tags, slug FROM post_versions ORDER BY version`)).toEqual(
        [
          { version: 1, title: 'Version 1', tags: [], slug: null },
          { version: 2, title: 'Version 2', tags: ['Sea'], slug: 'two' },
        ],
      )
    })
  } finally {
    rmSync(folder, { recursive: true })
  }
})
