import { randomUUID } from 'node:crypto'
import { query, sql } from '@/lib/sql'
import { expect, refusal, test, writePost } from '../fixtures/pages'

/** Half an hour off every neighbour: whoever reckons in whole hours is found out. */
test.use({ timezoneId: 'Asia/Kolkata' })

const word = () => `w${randomUUID().slice(0, 8)}`

async function detailsOf(id: string) {
  const [row] = await query<{ slug: string; tags: string[]; keys: string[]; publishAt: Date | null }>(
    sql`SELECT slug, tags, tag_keys AS keys, publish_at AS "publishAt" FROM posts WHERE id = ${id}`,
  )
  return row
}

test('tags and address are kept as typed, and refused at their fields', async ({
  page,
  visitor,
  signedIn,
}) => {
  const [mine, taken] = [word(), word()]
  await writePost(signedIn, { title: taken })
  await page.goto('/dashboard/posts/new')
  await page.getByLabel('Title').fill(`${mine} at first`)
  await page.getByLabel('Tags').fill(Array.from({ length: 11 }, (_, n) => `tag ${n}`).join(', '))
  await page.getByRole('button', { name: 'Save draft' }).click()
  await expect(page.getByLabel('Tags')).toHaveAccessibleDescription(/At most 10 tags\. These are 11\./)

  await page.getByLabel('Tags').fill('The Sea,  Lighthouses,the sea')
  for (const [typed, says] of [
    [taken, /is, or was, the address of another post/],
    ['a b/c', /Letters from a to z/],
  ] as const) {
    await page.getByLabel('Address').fill(typed)
    await page.getByRole('button', { name: 'Save draft' }).click()
    await expect(page.getByLabel('Address')).toHaveAccessibleDescription(says)
    await expect(page.getByLabel('Address')).toHaveValue(typed)
    await expect(page.getByLabel('Tags')).toHaveValue('The Sea,  Lighthouses,the sea')
  }
  await page.getByLabel('Address').fill(`${mine}-One`)
  await page.getByRole('button', { name: 'Publish' }).click()
  await page.waitForURL(/\/dashboard\/posts\/[\w-]{36}$/)
  await page.reload()
  await expect(page.getByLabel('Tags')).toHaveValue('The Sea, Lighthouses')
  await expect(page.getByLabel('Address')).toHaveValue(`${mine}-one`)
  const id = page.url().split('/').at(-1) ?? ''
  expect(await detailsOf(id)).toMatchObject({ slug: `${mine}-one`, keys: ['the-sea', 'lighthouses'] })

  await page.getByLabel('Address').fill(`${mine}-two`)
  await page.getByRole('button', { name: 'Save changes' }).click()
  await expect(page.getByText('Version 2')).toBeVisible()
  await visitor.goto(`/posts/${mine}-two`)
  await expect(visitor.getByRole('heading', { level: 1 })).toHaveText(`${mine} at first`)
  expect(await query(sql`SELECT slug FROM former_slugs WHERE post_id = ${id}`)).toEqual([
    { slug: `${mine}-one` },
  ])
})

test('a draft is scheduled in the writer’s zone, said where it is listed, and unscheduled', async ({
  page,
  api,
  signedIn,
  javaScriptEnabled,
}) => {
  const post = await writePost(signedIn, { title: 'For later' })
  await page.goto(`/dashboard/posts/${post.id}`)
  const at = page.getByLabel('Publish at')
  await expect(at).toHaveAccessibleDescription(javaScriptEnabled ? /Asia\/(Kolkata|Calcutta)/ : /^In UTC\./)
  for (const [time, says] of [
    ['', /Say when it is to be published\./],
    ['2020-01-01T10:00', /That time has passed\./],
  ] as const) {
    await at.fill(time)
    await page.getByRole('button', { name: 'Schedule' }).click()
    await expect(refusal(page)).toBeVisible()
    await expect(at).toHaveAccessibleDescription(says)
    await expect(at).toHaveValue(time)
  }
  await at.fill('2099-03-05T10:00')
  await page.getByRole('button', { name: 'Schedule' }).click()
  await expect(page.getByText('Version 2')).toBeVisible()
  const utc = javaScriptEnabled ? '2099-03-05T04:30:00.000Z' : '2099-03-05T10:00:00.000Z'
  expect((await detailsOf(post.id))?.publishAt?.toISOString()).toBe(utc)
  const said = `Scheduled for 5 March 2099, ${utc.slice(11, 16)} UTC`
  await expect(page.getByRole('status')).toContainText(said)
  await page.reload()
  await expect(at).toHaveValue('2099-03-05T10:00')
  expect(await (await api(`/api/posts/${post.id}`)).json()).toMatchObject({ status: 'draft' })
  await page.goto('/dashboard/posts')
  await expect(page.getByRole('row', { name: 'For later' })).toContainText(said)

  await page.getByRole('link', { name: 'For later' }).click()
  await page.getByRole('button', { name: 'Save draft' }).click()
  await expect(page.getByText('Version 3')).toBeVisible()
  expect((await detailsOf(post.id))?.publishAt?.toISOString()).toBe(utc)
  await page.getByRole('button', { name: 'Unschedule' }).click()
  await expect(page.getByText('Version 4')).toBeVisible()
  expect((await detailsOf(post.id))?.publishAt).toBeNull()
})
