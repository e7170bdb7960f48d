import { XMLParser } from 'fast-xml-parser'
import { createPerson } from '@/e2e/fixtures/factories'
import { expect, test } from '@/e2e/fixtures/own-database'
import { newPost } from '@/lib/schemas/posts'
import { createPost } from '@/lib/services/posts'
import { query, sql } from '@/lib/sql'
import { writeSitemap, writeSitemapPart } from '@/lib/syndication/sitemap'

const ORIGIN = 'https://inkwell.example'

const addressesOf = (xml: string | null): string[] =>
  [new XMLParser().parse(xml ?? '').urlset?.url ?? []].flat().map(({ loc }) => loc)

test('more than one sitemap may hold are parted, beside the one of sitemaps, and none is lost', async ({
  database: _,
}) => {
  await query(sql`DELETE FROM posts`)
  const writer = await createPerson()
  const slugs: string[] = []
  for (let n = 0; n < 9; n++) {
    const post = newPost.parse({ title: `Post ${n}`, content: '', status: 'published' })
    slugs.push((await createPost(writer, { ...post, tags: n < 2 ? [`Tag ${n}`] : [] }, null)).slug)
  }
  const pages = ['/', '/posts', '/docs/api', '/posts/tag/tag-0']
  const all = [...pages, '/posts/tag/tag-1', ...slugs.map((slug) => `/posts/${slug}`)]
  const inOrder = (paths: string[]) => paths.map((path) => ORIGIN + path).toSorted()
  expect(addressesOf(await writeSitemap(ORIGIN, 14)).toSorted()).toEqual(inOrder(all))

  const index = new XMLParser().parse(await writeSitemap(ORIGIN, 4))
  const parts = ['pages', '1', '2', '3']
  expect(index.sitemapindex.sitemap.map(({ loc }: { loc: string }) => loc)).toEqual(
    // A sitemap names only what is in its own folder or below: they lie at the top.
    parts.map((part) => `${ORIGIN}/sitemap-${part}.xml`),
  )
  const parted = await Promise.all(parts.map((part) => writeSitemapPart(ORIGIN, part, 4)))
  expect(parted.map((xml) => addressesOf(xml).length)).toEqual([4, 4, 4, 1])
  // There is room for one tag of two.
  expect(parted.flatMap(addressesOf).toSorted()).toEqual(
    inOrder(all.filter((path) => path !== '/posts/tag/tag-1')),
  )
  for (const part of ['4', '0', 'x', '1e0']) expect(await writeSitemapPart(ORIGIN, part, 4), part).toBeNull()
})
