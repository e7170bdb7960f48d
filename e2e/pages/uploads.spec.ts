import type { Page } from '@playwright/test'
import { BODY_TOO_LARGE, UPLOAD_MAX_BYTES } from '@/lib/body-limits'
import { altOf } from '@/lib/services/uploads'
import { query, sql } from '@/lib/sql'
import { createPerson } from '../fixtures/factories'
import { addPicture, copyPicture, expect, hiddenFields, refusal, test } from '../fixtures/pages'
import { animation, photo, picture } from '../fixtures/pictures'

// A picture is decoded and encoded on the way, on a machine that does much else.
test.describe.configure({ timeout: 90_000 })
const patient = { timeout: 20_000 }

const countOf = async (userId: string) =>
  (await query(sql`SELECT FROM uploads WHERE owner_id = ${userId}`)).length

async function choose(page: Page, name: string, buffer: Buffer) {
  await page.getByLabel('File').setInputFiles({ name, mimeType: 'image/png', buffer })
}

const send = (page: Page) => page.getByRole('button', { name: 'Upload', exact: true }).click()

/** Waits until the picture is really there to be seen, and answers its width. */
async function widthOf(page: Page, name: string): Promise<number> {
  const image = page.getByRole('img', { name })
  await image.scrollIntoViewIfNeeded()
  await expect(async () => {
    expect(await image.evaluate((it: HTMLImageElement) => it.complete && it.naturalWidth)).toBeGreaterThan(0)
  }).toPass(patient)
  return image.evaluate((it: HTMLImageElement) => it.naturalWidth)
}

test('a picture is uploaded, seen, and deleted', async ({ page, signedIn }) => {
  await page.goto('/dashboard')
  await page.getByRole('link', { name: 'Uploads' }).click()
  await expect(page.getByText('No pictures yet')).toBeVisible()
  await choose(page, 'Harbour at dusk.jpg', await picture('jpeg', 800, 500))
  await send(page)
  await expect(page.getByRole('status')).toHaveText('The picture “Harbour at dusk.jpg” is uploaded.', patient)
  await expect(page.getByLabel('File')).toHaveValue('')
  await expect(page.getByText('800 × 500, ')).toBeVisible()
  expect(await widthOf(page, 'Harbour at dusk.jpg')).toBeLessThanOrEqual(800)

  await choose(page, 'Second.gif', await animation('gif'))
  await send(page)
  await expect(page.getByRole('status')).toContainText('Second.gif', patient)
  await widthOf(page, 'Second.gif')
  await expect(page.getByRole('listitem').filter({ has: page.getByRole('img') })).toHaveCount(2)

  const first = page.getByRole('listitem').filter({ hasText: 'Harbour at dusk.jpg' })
  const button = first.getByRole('button', { name: 'Delete' })
  await expect(button).toHaveAccessibleDescription('Harbour at dusk.jpg')
  await button.click()
  await expect(page.getByText('The picture is deleted.')).toBeVisible()
  await expect(first).toHaveCount(0)
  await expect(page.getByRole('img', { name: 'Second.gif' })).toBeVisible()
  expect(await countOf(signedIn.userId)).toBe(1)
})

const refused: { name: string; make: () => Promise<Buffer> | Buffer; words: string }[] = [
  {
    name: 'a drawing',
    make: () => Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>'),
    words: 'This is not a PNG',
  },
  {
    name: 'half a picture',
    make: async () => (await picture()).subarray(0, 900),
    words: 'broken or incomplete',
  },
  { name: 'an empty file', make: () => Buffer.alloc(0), words: 'Choose a file. If you did, it is empty.' },
  {
    name: 'a file one byte too large',
    make: () => Buffer.alloc(UPLOAD_MAX_BYTES + 1, 1),
    words: 'A file may have at most 10 MB. This one is larger.',
  },
  {
    name: 'a file that is far too large',
    make: () => Buffer.alloc(UPLOAD_MAX_BYTES + 3_000_000, 1),
    words: 'A file may have at most 10 MB. This one is larger.',
  },
]

for (const { name, make, words } of refused) {
  test(`${name} is refused at the field, and the next one is taken`, async ({ page, signedIn }) => {
    await page.goto('/dashboard/uploads')
    await page.getByLabel('Alt text').fill('A lamp at dusk.')
    await choose(page, 'picture.png', await make())
    await send(page)
    await expect(refusal(page)).toContainText(words, patient)
    await expect(page.getByLabel('Alt text')).toHaveValue('A lamp at dusk.')
    await expect(page.getByLabel('File')).toHaveAccessibleDescription(new RegExp(words))
    await expect(page.getByLabel('File')).toHaveAttribute('aria-invalid', 'true')
    expect(await countOf(signedIn.userId)).toBe(0)

    await choose(page, 'good.png', await picture())
    await send(page)
    await expect(page.getByRole('status')).toHaveText('The picture “good.png” is uploaded.', patient)
    await expect(refusal(page)).toHaveCount(0)
    expect(await countOf(signedIn.userId)).toBe(1)
  })
}

test('a form without a file says so', async ({ page, signedIn }) => {
  await page.goto('/dashboard/uploads')
  await send(page)
  await expect(refusal(page)).toContainText('Choose a file.')
  await expect(page.getByLabel('File')).toHaveAccessibleDescription(/Choose a file\./)
  expect(await countOf(signedIn.userId)).toBe(0)
})

test('a double click uploads once', async ({ page, signedIn }) => {
  await page.goto('/dashboard/uploads')
  await choose(page, 'once.png', await picture())
  await page.getByRole('button', { name: 'Upload', exact: true }).dblclick()
  await expect(page.getByRole('img', { name: 'once.png' })).toBeVisible(patient)
  expect(await countOf(signedIn.userId)).toBe(1)
})

test('the same form sent again makes the same upload, and the same file in a new form another', async ({
  page,
  signedIn,
}) => {
  const buffer = await picture()
  for (const count of [1, 2]) {
    await page.goto('/dashboard/uploads')
    const fields = await hiddenFields(page.locator('form:has([type=file])'))
    for (const _ of ['sent', 'sent again']) {
      const answer = await page.request.post('/dashboard/uploads', {
        multipart: { ...fields, file: { name: 'again.png', mimeType: 'image/png', buffer } },
        headers: { Origin: new URL(page.url()).origin },
      })
      expect(await answer.text()).toContain('is uploaded.')
      expect(await countOf(signedIn.userId)).toBe(count)
    }
  }
})

test('a photo shows nothing of where it was taken, and stands upright', async ({ page, signedIn }) => {
  await page.goto('/dashboard/uploads')
  await choose(page, 'phone.jpg', await photo('jpeg', 600, 400))
  await send(page)
  await expect(page.getByText('400 × 600, ')).toBeVisible(patient)
  expect(await countOf(signedIn.userId)).toBe(1)
})

test('names that are markup are text', async ({ page, signedIn }) => {
  await page.goto('/dashboard/uploads')
  const name = '<img src=x onerror="document.title=1">&amp;.png'
  await choose(page, name, await picture())
  await send(page)
  await expect(page.getByRole('img', { name: 'img src=x' })).toBeVisible(patient)
  await expect(page.locator('img[src=x]')).toHaveCount(0)
  await expect(page).toHaveTitle('Uploads · Inkwell')
  await widthOf(page, 'img src=x')
  expect(await countOf(signedIn.userId)).toBe(1)
})

test('what a picture shows is said with it, and said otherwise later', async ({ page, signedIn }) => {
  await page.goto('/dashboard/uploads')
  await expect(page.getByText('0 bytes of 1 GB used')).toBeVisible()
  await choose(page, 'pier.png', await picture())
  const sent = page.locator('form:has([type=file])')
  await sent.getByLabel('Alt text').fill('A pier <at> "dusk"')
  await send(page)
  await expect(page.getByRole('status')).toContainText('is uploaded.', patient)
  await expect(sent.getByLabel('Alt text')).toHaveValue('')
  await page.reload()
  await expect(page.getByText(/^\d[\d.]* KB of 1 GB used$/)).toBeVisible()
  await expect(page.getByRole('img', { name: 'A pier <at> "dusk"' })).toBeVisible()

  const item = page.getByRole('listitem').filter({ hasText: 'pier.png' })
  await item.getByLabel('Alt text').fill('x'.repeat(301))
  await item.getByRole('button', { name: 'Save' }).click()
  await expect(item.getByRole('alert')).toContainText('At most 300 characters.')
  await item.getByLabel('Alt text').fill('A pier')
  await item.getByRole('button', { name: 'Save' }).click()
  await expect(item.getByRole('status')).toHaveText('Saved.')
  await expect(item.getByLabel('Alt text')).toHaveValue('A pier')
  const [row] = await query(sql`SELECT alt FROM uploads WHERE owner_id = ${signedIn.userId}`)
  expect(row).toEqual({ alt: 'A pier' })

  const bea = await createPerson({ name: 'Bea' })
  const theirs = await addPicture(bea, 'hers.png', 'Hers')
  const fields = await hiddenFields(item.locator('form:has([name=alt])'))
  const answer = await page.request.post('/dashboard/uploads', {
    multipart: { ...fields, id: theirs.id, alt: 'Mine' },
    headers: { Origin: new URL(page.url()).origin },
  })
  expect(await answer.text()).toContain('There is no such upload.')
  expect(await altOf(bea, theirs.id)).toBe('Hers')
})

test('a long list has pages, and deleting stays on the page', async ({ page, signedIn }) => {
  await addPicture(signedIn, 'oldest.png')
  await addPicture(signedIn, 'older.png')
  const newest = await addPicture(signedIn, '1.png')
  // With what is shown of it made once, for all of them.
  await page.goto('/dashboard/uploads')
  await widthOf(page, '1.png')
  for (let n = 2; n <= 24; n++) await copyPicture(newest, `${n}.png`)
  await page.goto('/dashboard/uploads')
  await expect(page.getByRole('img')).toHaveCount(24)
  await page.getByRole('link', { name: 'Older' }).click()
  await expect(page.getByRole('img')).toHaveCount(2)
  const older = page.getByRole('listitem').filter({ hasText: 'older.png' })
  // What is being made for the page would be missed by it.
  for (const name of ['older.png', 'oldest.png']) await widthOf(page, name)
  await older.getByRole('button', { name: 'Delete' }).click()
  await expect(page.getByText('The picture is deleted.')).toBeVisible()
  await expect(page.getByRole('img')).toHaveCount(1)
  await page.getByRole('button', { name: 'Delete' }).click()
  await expect(page.getByText('No more pictures')).toBeVisible()
  await page.getByRole('link', { name: 'Newer' }).click()
  await expect(page.getByRole('img')).toHaveCount(24)
})

test('another’s pictures are neither listed nor deleted', async ({ page, signedIn }) => {
  const bea = await createPerson({ name: 'Bea' })
  const theirs = await addPicture(bea, 'hers.png')
  await addPicture(signedIn, 'mine.png')
  await page.goto('/dashboard/uploads')
  await expect(page.getByRole('img', { name: 'mine.png' })).toBeVisible()
  await expect(page.getByRole('img', { name: 'hers.png' })).toHaveCount(0)
  const fields = await hiddenFields(page.locator('form:has(button:text-is("Delete"))'))
  const answer = await page.request.post('/dashboard/uploads', {
    multipart: { ...fields, id: theirs.id },
    headers: { Origin: new URL(page.url()).origin },
    maxRedirects: 0,
  })
  expect(answer.status()).toBe(200)
  expect(await countOf(bea.userId)).toBe(1)
  expect(await countOf(signedIn.userId)).toBe(1)
})

test('any other form that is too large gets an answer that can be read', async ({ page, signedIn }) => {
  await page.goto('/dashboard/posts/new')
  const fields = await hiddenFields(page.locator('form:has([name=content])'))
  const answer = await page.request.post('/dashboard/posts/new', {
    multipart: {
      ...fields,
      title: 'Long',
      content: 'x'.repeat(UPLOAD_MAX_BYTES + 3_000_000),
      intent: 'save',
    },
    headers: { Origin: new URL(page.url()).origin },
  })
  expect(answer.status()).toBe(413)
  expect(await answer.text()).toContain('<h1>This is more than can be sent at once</h1>')
  const byJavaScript = await page.request.post('/dashboard/posts/new', {
    data: 'x'.repeat(UPLOAD_MAX_BYTES + 3_000_000),
    headers: { Origin: new URL(page.url()).origin, 'Next-Action': 'any', 'Content-Type': 'text/plain' },
  })
  expect(byJavaScript.status()).toBe(413)
  // To the letter: of another type, or with a charset, Next.js would not hand it over to the form.
  expect(byJavaScript.headers()['content-type']).toBe('text/plain')
  expect(await byJavaScript.text()).toBe(BODY_TOO_LARGE)
  expect(await query(sql`SELECT FROM posts WHERE author_id = ${signedIn.userId}`)).toEqual([])
})
