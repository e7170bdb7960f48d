import type { Page } from '@playwright/test'
import { expect, test, writePost } from '../fixtures/pages'
import { picture } from '../fixtures/pictures'

const content = (page: Page) => page.getByLabel('Content')
const undo = (page: Page) => content(page).press('ControlOrMeta+z')

test('toolbar and keys change the text, Undo takes each back, and Tab leads on', async ({
  page,
  signedIn,
}) => {
  const post = await writePost(signedIn, { title: 'By keys', content: '' })
  await page.goto(`/dashboard/posts/${post.id}`)
  const toolbar = page.getByRole('toolbar', { name: 'Formatting' })
  await expect(toolbar.getByRole('button')).toHaveCount(8)
  await expect(page.getByText('0 words')).toBeVisible()

  await content(page).pressSequentially('The lamp')
  await content(page).press('Shift+ArrowLeft+ArrowLeft')
  await content(page).evaluate((it: HTMLTextAreaElement) => it.setSelectionRange(4, 8))
  await content(page).press('ControlOrMeta+b')
  await expect(content(page)).toHaveValue('The **lamp**')
  await content(page).press('ControlOrMeta+i')
  await expect(content(page)).toHaveValue('The ***lamp***')
  await undo(page)
  await expect(content(page)).toHaveValue('The **lamp**')
  await toolbar.getByRole('button', { name: 'Heading' }).click()
  await expect(content(page)).toHaveValue('## The **lamp**')
  await expect(content(page)).toBeFocused()

  await content(page).press('End')
  await content(page).pressSequentially('\n- one\ntwo\n\nafter')
  await expect(content(page)).toHaveValue('## The **lamp**\n- one\n- two\nafter')
  await undo(page)
  await expect(content(page)).not.toHaveValue(/after/)
  await expect(page.getByText(/^\d words?, a minute to read$/)).toBeVisible()

  await content(page).press('Shift+Tab')
  await expect(page.getByRole('button', { name: 'Side by side' })).toBeFocused()
  await page.keyboard.press('Shift+Tab')
  await expect(toolbar.getByRole('button', { name: 'Heading' })).toBeFocused()
  await page.keyboard.press('ArrowRight')
  await expect(toolbar.getByRole('button', { name: 'Link' })).toBeFocused()
  await page.keyboard.press('Tab')
  await page.keyboard.press('Tab')
  await expect(content(page)).toBeFocused()
  await page.keyboard.press('Tab')
  await expect(page.getByText('Write with the model')).toBeFocused()
  await page.keyboard.press('ControlOrMeta+s')
  await expect(page.getByText('Version 2')).toBeVisible()
})

test('beside the text stands what readers will see, to the letter', async ({ page, visitor, signedIn }) => {
  const text = '# A heading\n\nA *word*,[^1] and a table:\n\n| a | b |\n| - | - |\n| 1 | 2 |\n\n[^1]: A note.'
  const post = await writePost(signedIn, { title: 'Seen', status: 'published' })
  await page.goto(`/dashboard/posts/${post.id}`)
  await page.getByRole('button', { name: 'Side by side' }).click()
  const view = page.getByRole('region', { name: 'As readers will see it' })
  await expect(view).toHaveText('Nothing much.')
  await content(page).fill(text)
  await expect(view.getByRole('table')).toBeVisible()
  const shown = await view.locator('.prose').innerHTML()
  await page.getByRole('button', { name: 'Save changes' }).click()
  await expect(page.getByText('Version 2')).toBeVisible()
  await visitor.goto(`/posts/${post.slug}`)
  expect(await visitor.locator('article .prose').innerHTML()).toBe(shown)
  await page.reload()
  await expect(view.getByRole('table')).toBeVisible()
})

test('pictures that are pasted, dropped or chosen are uploaded into the text', async ({
  page,
  signedIn,
  expectedErrors,
}) => {
  expectedErrors.push('422', '415', '413')
  const post = await writePost(signedIn, { title: 'Pictures', content: 'Before. After.' })
  await page.goto(`/dashboard/posts/${post.id}`)
  await expect(page.getByRole('toolbar')).toBeVisible()
  let open = () => {}
  const gate = new Promise<void>((resolve) => {
    open = resolve
  })
  await page.route('/api/uploads', async (route) => {
    await gate
    await route.continue()
  })
  await content(page).evaluate((it: HTMLTextAreaElement) => it.setSelectionRange(8, 8))
  await give(page, 'paste', { name: 'the [old] harbour.png', bytes: [...(await picture('png'))] })
  await expect(content(page)).toHaveValue('Before. ![Uploading the old harbour (1)…]()After.')
  await expect(page.getByRole('progressbar', { name: 'Uploading the [old] harbour.png' })).toBeVisible()
  await page.getByRole('button', { name: 'Save draft' }).click()
  await page.getByLabel('Title').pressSequentially(' of the sea')
  open()
  await expect(content(page)).toHaveValue(
    /^Before\. !\[the old harbour\]\(\/uploads\/[\w-]{36}\/[^)]+\.png\)After\.$/,
  )
  await expect(page.getByLabel('Title')).toBeFocused()
  await expect(page.getByText('Version 1')).toBeVisible()
  await expect(page.getByRole('progressbar')).toHaveCount(0)

  await give(page, 'drop', { name: 'no picture.png', bytes: [1, 2, 3] })
  await expect(page.getByText('was not put into the text.')).toBeVisible()
  await expect(content(page)).not.toHaveValue(/Uploading/)
  await page.getByRole('button', { name: 'Dismiss' }).click()
  const chooser = page.waitForEvent('filechooser')
  await page.getByRole('button', { name: 'Picture' }).click()
  const two = await Promise.all(
    ['one.png', 'two.png'].map(async (name) => ({
      name,
      mimeType: 'image/png',
      buffer: await picture('png'),
    })),
  )
  await (await chooser).setFiles(two)
  await expect(content(page)).toHaveValue(/!\[one\]\(\/uploads\//)
  await expect(content(page)).toHaveValue(/!\[two\]\(\/uploads\//)
  await page.getByRole('button', { name: 'Save draft' }).click()
  await expect(page.getByText('Version 2')).toBeVisible()
})

/** Pastes or drops a file onto the text, as a browser does. */
function give(page: Page, how: 'paste' | 'drop', file: { name: string; bytes: number[] }) {
  return content(page).evaluate(
    (field, { how, file: { name, bytes } }) => {
      const data = new DataTransfer()
      data.items.add(new File([new Uint8Array(bytes)], name, { type: 'image/png' }))
      const init = { bubbles: true, cancelable: true }
      field.dispatchEvent(
        how === 'paste'
          ? new ClipboardEvent('paste', { ...init, clipboardData: data })
          : new DragEvent('drop', { ...init, dataTransfer: data }),
      )
    },
    { how, file },
  )
}
