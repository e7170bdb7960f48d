import { createApiKey } from '@/lib/services/api-keys'
import { addPicture, expect, generate, receipt, test, writePost } from '../fixtures/pages'
import { overflow, unnamed } from '../fixtures/structure'

type Named = [
  role: 'link' | 'button' | 'textbox' | 'combobox' | 'searchbox' | 'table' | 'checkbox',
  name: string | RegExp,
]
type Place = { path: string; title: string; has: Named[] }

/** The names of section 3 of the contract, for the pages that there are. */
const open: Place[] = [
  {
    path: '/',
    title: 'Inkwell: a writing studio that keeps its books',
    has: [
      ['link', 'Sign up'],
      ['link', 'Log in'],
    ],
  },
  { path: '/posts', title: 'Posts · Inkwell', has: [['link', 'Sign up']] },
  { path: '/docs/api', title: 'API reference · Inkwell', has: [['link', 'the OpenAPI 3.1 document']] },
  {
    path: '/signup',
    title: 'Sign up · Inkwell',
    has: [
      ['textbox', 'Name'],
      ['textbox', 'Email'],
      ['button', 'Sign up'],
    ],
  },
  {
    path: '/login',
    title: 'Log in · Inkwell',
    has: [
      ['textbox', 'Email'],
      ['textbox', 'Password'],
      ['button', 'Log in'],
    ],
  },
]
const closed: Place[] = [
  {
    path: '/dashboard',
    title: 'Overview · Inkwell',
    has: [
      ['button', 'Log out'],
      ['table', 'Posts'],
      ['table', 'Generations'],
      ['table', 'Usage'],
    ],
  },
  {
    path: '/dashboard/posts',
    title: 'Posts · Inkwell',
    has: [
      ['searchbox', 'Search'],
      ['combobox', 'Status'],
      ['link', 'New post'],
    ],
  },
  {
    path: '/dashboard/posts/new',
    title: 'New post · Inkwell',
    has: [
      ['textbox', 'Title'],
      ['textbox', 'Content'],
      ['textbox', 'Excerpt'],
      ['combobox', 'Cover'],
      ['button', 'Save draft'],
      ['button', 'Publish'],
      ['button', 'Preview'],
    ],
  },
  {
    path: '/dashboard/uploads',
    title: 'Uploads · Inkwell',
    has: [
      ['button', 'File'],
      ['button', 'Upload'],
      ['button', 'Delete'],
    ],
  },
  {
    path: '/dashboard/generate',
    title: 'Generate · Inkwell',
    has: [
      ['combobox', 'Tool'],
      ['textbox', 'Prompt'],
      ['textbox', 'Text'],
      ['combobox', 'Project'],
      ['button', /^Generate .*credits?$/],
    ],
  },
  {
    path: '/dashboard/projects',
    title: 'Projects · Inkwell',
    has: [
      ['textbox', 'Name'],
      ['textbox', 'Brief'],
      ['button', 'Create project'],
    ],
  },
  { path: '/dashboard/credits', title: 'Credits · Inkwell', has: [['table', 'Ledger']] },
  {
    path: '/dashboard/settings',
    title: 'Settings · Inkwell',
    has: [
      ['textbox', 'Name'],
      ['textbox', 'Current password'],
      ['button', 'Sign out everywhere'],
      ['textbox', 'Key name'],
      ['checkbox', 'posts:write'],
      ['combobox', 'Expiry'],
      ['button', 'Create key'],
      ['button', 'Revoke'],
    ],
  },
]

test('every page has the names of the contract, and stands on a phone', async ({ page, signedIn }) => {
  test.slow()
  const published = await writePost(signedIn, {
    title: 'An address without a place to break it: '.padEnd(120, 'x'),
    content: long,
    status: 'published',
  })
  await writePost(signedIn, { title: 'Bread' })
  await addPicture(signedIn, `${'An address '.repeat(3)}${'w'.repeat(90)}.png`)
  await createApiKey(signedIn, { name: 'Site', scopes: ['posts:read'], expiresInDays: 0, budget: null })
  await generate(page, { prompt: `A lighthouse ${'y'.repeat(200)}` })
  await receipt(page)
  const edit: Named[] = [
    ['button', 'Save changes'],
    ['button', 'Unpublish'],
    ['button', 'Delete'],
    ['button', 'Preview'],
    ['link', 'History'],
  ]
  const made: Place[] = [
    { path: new URL(page.url()).pathname, title: 'Generation · Inkwell', has: [['button', 'Save as post']] },
    { path: `/dashboard/posts/${published.id}`, title: 'Edit post · Inkwell', has: edit },
    {
      path: `/dashboard/posts/${published.id}/history?version=1`,
      title: 'History · Inkwell',
      has: [['link', 'Edit post']],
    },
    { path: `/posts/${published.slug}`, title: `${published.title} · Inkwell`, has: [['link', 'All posts']] },
  ]
  const session = await page.context().cookies()
  for (const place of [...made, ...closed, ...open]) {
    await test.step(place.path, async () => {
      if (open.includes(place)) await page.context().clearCookies()
      await page.setViewportSize({ width: 1280, height: 800 })
      const answer = await page.goto(place.path)
      expect(answer?.status()).toBe(200)
      await expect(page).toHaveTitle(place.title)
      await expect(page.locator('html')).toHaveAttribute('lang', 'en')
      await expect(page.getByRole('heading', { level: 1 })).toHaveCount(1)
      await expect(page.getByRole('main')).toHaveCount(1)
      await expect(page.getByRole('link', { name: 'Skip to content' })).toHaveAttribute('href', '#content')
      for (const [role, name] of place.has) {
        await expect(page.getByRole(role, { name, exact: true }).first(), `${role} ${name}`).toBeVisible()
      }
      expect(await unnamed(page)).toEqual([])
      for (const width of [390, 320]) {
        await page.setViewportSize({ width, height: 800 })
        expect(await overflow(page), `${width} px`).toEqual([])
      }
    })
  }
  expect(session.length).toBeGreaterThan(0)
})

test('the first stop of the Tab key skips to the content', async ({ page }) => {
  await page.goto('/login')
  await page.keyboard.press('Tab')
  const skip = page.getByRole('link', { name: 'Skip to content' })
  await expect(skip).toBeFocused()
  await expect(skip).toBeInViewport()
  await page.keyboard.press('Enter')
  await page.keyboard.press('Tab')
  await expect(page.getByLabel('Email')).toBeFocused()
})

const long = `${'z'.repeat(300)}\n\n\`\`\`\n${'code '.repeat(60)}\n\`\`\`\n\n| a | b |\n| - | - |\n| ${'wide '.repeat(40)} | ${'w'.repeat(90)} |`
