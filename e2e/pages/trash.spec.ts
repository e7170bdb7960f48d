import { deletePost } from '@/lib/services/posts'
import { query, sql } from '@/lib/sql'
import { createPerson } from '../fixtures/factories'
import { expect, test, writePost } from '../fixtures/pages'

test('a deleted post lies in the trash, and is put back from there', async ({ page, signedIn }) => {
  const post = await writePost(signedIn, { title: 'Thrown away' })
  const others = await writePost(await createPerson(), { title: 'Not yours' })
  await query(sql`UPDATE posts SET deleted_at = now() WHERE id = ${others.id}`)
  await page.goto('/dashboard/posts')
  await page.getByRole('link', { name: 'Trash' }).click()
  await expect(page.getByText('The trash is empty')).toBeVisible()
  await deletePost(signedIn, post.id)
  await page.reload()
  const row = page.getByRole('row').filter({ hasText: 'Thrown away' })
  await expect(row).toBeVisible()
  await expect(page.getByText('Not yours')).toHaveCount(0)
  await row.getByRole('button', { name: 'Restore' }).click()
  await page.waitForURL(`/dashboard/posts/${post.id}`)
  await expect(page.getByLabel('Title')).toHaveValue('Thrown away')
  await page.goto('/dashboard/posts/trash')
  await expect(page.getByText('The trash is empty')).toBeVisible()
})
