import { randomUUID } from 'node:crypto'
import { answered, expect, test, writePost } from '../fixtures/pages'

test('a post that is not there is a page that is whole', async ({ page, expectedErrors }) => {
  expectedErrors.push(answered(404))
  for (const path of ['/posts/no-such-post', '/posts/page/9999', '/posts/page/x', '/no-such-page']) {
    const answer = await page.goto(path)
    expect(answer?.status(), path).toBe(404)
    await expect(page.getByRole('heading', { level: 1 }), path).toBeVisible()
    await expect(page.getByRole('link', { name: 'Go to the front page' }), path).toBeVisible()
  }
})

test('a draft is nobody’s to see, whatever its address', async ({
  page,
  signedIn,
  visitor,
  expectedErrors,
}) => {
  expectedErrors.push(answered(404))
  const draft = await writePost(signedIn, { title: `Not yet ${randomUUID()}` })
  for (const each of [page, visitor]) expect((await each.goto(`/posts/${draft.slug}`))?.status()).toBe(404)
})

test('the versions of a post have no addresses of their own', async ({
  visitor,
  signedIn,
  expectedErrors,
}) => {
  expectedErrors.push(answered(404))
  const post = await writePost(signedIn, { title: `Once ${randomUUID()}`, status: 'published' })
  expect((await visitor.goto(`/posts/${post.slug}?from=mail`))?.status()).toBe(200)
  for (const version of [0, 1, 2, 'x'])
    expect((await visitor.goto(`/posts/${post.slug}/at/${version}`))?.status()).toBe(404)
})

test('shows Markdown as it is meant, and no more than that', async ({ visitor, signedIn }) => {
  const content = [
    '## Method',
    '1. Mix\n2. Wait',
    '| Flour | Water |\n| --- | ---: |\n| 500 g | 350 g |',
    '- [x] done',
    '<script>document.title = "owned"</script>',
    '[click](javascript:alert(1))',
  ].join('\n\n')
  const post = await writePost(signedIn, { title: `Bread ${randomUUID()}`, content, status: 'published' })
  await visitor.goto(`/posts/${post.slug}`)
  const article = visitor.getByRole('article')
  await expect(article.getByRole('heading', { name: 'Method' })).toBeVisible()
  await expect(article.getByRole('listitem').first()).toHaveText('Mix')
  await expect(article.getByRole('cell', { name: '350 g' })).toBeVisible()
  await expect(article.getByRole('checkbox')).toBeChecked()
  await expect(article.locator('script, [href^=javascript]')).toHaveCount(0)
  await expect(visitor).toHaveTitle(new RegExp(post.title))
})

test('a post on paper is its text, in black on white, without the site around it', async ({
  visitor,
  signedIn,
}) => {
  const content = '## One\n\nWords.\n\n## Two\n\n## Three'
  const post = await writePost(signedIn, { title: `Printed ${randomUUID()}`, content, status: 'published' })
  await visitor.emulateMedia({ colorScheme: 'dark' })
  await visitor.goto(`/posts/${post.slug}`)
  const around = ['banner', 'contentinfo', 'navigation'] as const
  for (const role of around) await expect(visitor.getByRole(role).first()).toBeVisible()
  await visitor.emulateMedia({ media: 'print', colorScheme: 'dark' })
  for (const role of around) await expect(visitor.getByRole(role)).toHaveCount(0)
  await expect(visitor.getByText('minute to read')).toBeHidden()
  await expect(visitor.getByRole('heading', { level: 1 })).toHaveText(post.title)
  await expect(visitor.getByText('Words.')).toHaveCSS('color', 'rgb(0, 0, 0)')
  await expect(visitor.locator('html')).toHaveCSS('background-color', 'rgb(255, 255, 255)')
})
