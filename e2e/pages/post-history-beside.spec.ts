import { updatePost } from '@/lib/services/posts'
import { deleteUpload } from '@/lib/services/uploads'
import { query, sql } from '@/lib/sql'
import { addPicture, expect, test, writePost } from '../fixtures/pages'

/** What stands beside the words of a version: its tags, its address, its cover. */

test('a version shows its tags, address and cover, is compared by them, and brings them back', async ({
  page,
  signedIn,
}) => {
  const cover = await addPicture(signedIn, 'lamp.png', 'A lamp')
  const post = await writePost(signedIn, { title: 'Bread', coverUploadId: cover.id })
  const [old, now] = [`old-${post.id}`, `now-${post.id}`]
  await updatePost(signedIn, post.id, { tags: ['Sea', 'Salt'], slug: old }, [1])
  await updatePost(signedIn, post.id, { tags: ['Lamps'], slug: now, coverUploadId: null }, [2])

  await page.goto(`/dashboard/posts/${post.id}/history?version=2`)
  const version = page.getByRole('listitem').filter({ hasText: 'Version 2,' })
  await expect(version.getByRole('term')).toHaveText(['Tags', 'Address', 'Cover'])
  await expect(version.getByRole('definition')).toHaveText(['Sea, Salt', old, 'lamp.png'])

  await page.goto(`/dashboard/posts/${post.id}/history?from=2&to=3`)
  const changes = page.getByRole('region', { name: 'Version 2 and version 3' })
  await expect(changes.getByRole('heading', { level: 3 })).toHaveText(['Tags', 'Address', 'Cover'])
  await expect(changes.getByRole('deletion')).toHaveText(['Sea, Salt', old, 'lamp.png'])
  await expect(changes.getByRole('insertion')).toHaveText(['Lamps', now, 'None'])

  await version.getByRole('button', { name: 'Restore' }).click()
  await page.waitForURL(`/dashboard/posts/${post.id}`)
  await expect(page.getByLabel('Tags')).toHaveValue('Sea, Salt')
  await expect(page.getByLabel('Address')).toHaveValue(old)
  await expect(page.getByLabel('Cover')).toHaveValue(cover.id)
  await expect(page.getByText('The version is restored, but')).toHaveCount(0)
})

test('what can’t be brought back is said on the page of the post', async ({ page, signedIn }) => {
  const cover = await addPicture(signedIn, 'lamp.png', 'A lamp')
  const post = await writePost(signedIn, { title: 'Bread', content: 'One.', coverUploadId: cover.id })
  const [old, now] = [`old-${post.id}`, `now-${post.id}`]
  await updatePost(signedIn, post.id, { slug: old }, [1])
  await updatePost(signedIn, post.id, { slug: now, content: 'Two.' }, [2])
  const other = await writePost(signedIn, { title: 'Another' })
  await updatePost(signedIn, other.id, { slug: old }, [1])
  await deleteUpload(signedIn, cover.id)

  await page.goto(`/dashboard/posts/${post.id}/history?version=2`)
  const version = page.getByRole('listitem').filter({ hasText: 'Version 2,' })
  await expect(version.getByRole('definition')).toHaveText(['None', old, 'A picture that is deleted'])
  await version.getByRole('button', { name: 'Restore' }).click()
  const said = page.getByRole('status').filter({ hasText: 'The version is restored, but not all of it' })
  await expect(said).toContainText('Its cover has been deleted since')
  await expect(said).toContainText('Its address is another post’s by now')
  await expect(page.getByLabel('Content')).toHaveValue('One.')
  await expect(page.getByLabel('Address')).toHaveValue(now)
  await expect(page.getByLabel('Cover')).toHaveValue('')
  // It is said once: from here on the post is what it is.
  await page.getByRole('button', { name: 'Save draft' }).click()
  await expect(page.getByText('Version 6')).toBeVisible()
  await expect(said).toHaveCount(0)
})

test('a version from before they were kept can be read, compared and restored', async ({
  page,
  signedIn,
}) => {
  const post = await writePost(signedIn, { title: 'Bread', content: 'One.' })
  await query(sql`UPDATE post_versions SET slug = NULL, tags = '{}' WHERE post_id = ${post.id}`)
  await updatePost(signedIn, post.id, { content: 'Two.', tags: ['Sea'] }, [1])
  await page.goto(`/dashboard/posts/${post.id}/history?version=1&from=1&to=2`)
  const version = page.getByRole('listitem').filter({ hasText: 'Version 1,' })
  await expect(version).toContainText('Its tags, address and cover were not kept then.')
  const changes = page.getByRole('region', { name: 'Version 1 and version 2' })
  await expect(changes.getByRole('heading', { level: 3 })).toHaveText(['Content'])
  await expect(changes).toContainText('Tags, address and cover were not kept with version 1.')
  await page.getByRole('button', { name: 'Restore' }).click()
  await page.waitForURL(`/dashboard/posts/${post.id}`)
  await expect(page.getByLabel('Content')).toHaveValue('One.')
  await expect(page.getByLabel('Tags')).toHaveValue('Sea')
})
