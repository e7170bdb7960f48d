import { randomUUID } from 'node:crypto'
import { query, Sql, sql } from '@/lib/sql'
import { expect, refusal, test } from '../fixtures/pages'

const briefsOf = (userId: string) =>
  query<{ name: string; brief: string }>(sql`SELECT name, brief FROM projects WHERE owner_id = ${userId}`)

test('a project is made, given to a generation, changed and deleted', async ({ page, signedIn }) => {
  await page.goto('/dashboard')
  await page.getByRole('link', { name: 'Projects' }).click()
  await expect(page.getByText('No projects yet')).toBeVisible()
  await page.getByLabel('Name').fill('Harbour news')
  await page.getByLabel('Brief').fill('Plain words.\nThe harbour is Norrvik.')
  await page.getByRole('button', { name: 'Create project' }).dblclick()
  await expect(page.getByRole('status').filter({ hasText: 'Harbour news' })).toBeVisible()
  await expect(page.getByLabel('Name')).toHaveValue('')
  await expect(page.getByRole('link', { name: 'Harbour news' })).toBeVisible()
  expect(await briefsOf(signedIn.userId)).toEqual([
    { name: 'Harbour news', brief: 'Plain words.\nThe harbour is Norrvik.' },
  ])

  await page.goto('/dashboard/generate')
  await page.getByLabel('Project').selectOption('Harbour news')
  await page.getByLabel('Prompt').fill('What came in today')
  await page.getByRole('button', { name: /^Generate for/ }).click()
  await page.waitForURL(/\/dashboard\/generations\//)
  expect(await query(sql`SELECT brief FROM generations WHERE owner_id = ${signedIn.userId}`)).toEqual([
    { brief: 'Plain words.\nThe harbour is Norrvik.' },
  ])

  await page.goto('/dashboard/projects')
  await page.getByRole('link', { name: 'Harbour news' }).click()
  // The list has a field of that name too.
  await expect(page.getByRole('button', { name: 'Save project' })).toBeVisible()
  await page.getByLabel('Name').fill('Sea news')
  await page.getByRole('button', { name: 'Save project' }).click()
  await page.waitForURL('/dashboard/projects')
  await page.getByRole('link', { name: 'Sea news' }).click()
  await page.getByRole('button', { name: 'Delete' }).click()
  await page.waitForURL('/dashboard/projects')
  await expect(page.getByText('No projects yet')).toBeVisible()
  expect(
    await query(sql`SELECT project_id AS id FROM generations WHERE owner_id = ${signedIn.userId}`),
  ).toEqual([{ id: null }])
})

test('what is wrong is said at its field, and what was typed stays', async ({ page, signedIn }) => {
  await page.goto('/dashboard/projects')
  await page.getByLabel('Brief').fill('x'.repeat(4_001))
  await page.getByRole('button', { name: 'Create project' }).click()
  await expect(refusal(page)).toContainText('2 things need your attention.')
  await expect(page.getByLabel('Name')).toHaveAccessibleDescription('Give the project a name.')
  await expect(page.getByLabel('Brief')).toHaveAccessibleDescription(/At most 4000 characters\./)
  await expect(page.getByLabel('Brief')).toHaveValue('x'.repeat(4_001))
  expect(await briefsOf(signedIn.userId)).toEqual([])
})

test('what nobody foresaw is told with the id under which it is logged, and what was typed stays', async ({
  page,
  signedIn,
}) => {
  const name = `unforeseen_${randomUUID().replaceAll('-', '')}`
  // It fails for this account alone: other tests make projects meanwhile.
  for (const statement of [
    `CREATE FUNCTION ${name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'disk full'; END $$`,
    `CREATE TRIGGER ${name} BEFORE INSERT ON projects FOR EACH ROW
     WHEN (NEW.owner_id = '${signedIn.userId}') EXECUTE FUNCTION ${name}()`,
  ])
    await query(new Sql(statement, []))
  try {
    await page.goto('/dashboard/projects')
    await page.getByLabel('Name').fill('Harbour news')
    await page.getByRole('button', { name: 'Create project' }).click()
    await expect(refusal(page)).toContainText(
      /It has been logged under this request id\. \([\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}\)/,
    )
    await expect(page.getByLabel('Name')).toHaveValue('Harbour news')
  } finally {
    await query(new Sql(`DROP FUNCTION ${name} CASCADE`, []))
  }
})
