import { newId } from '@/lib/ids'
import { createProject, listProjects } from '@/lib/services/projects'
import { query, sql } from '@/lib/sql'
import { createPerson, type Person } from '../fixtures/factories'
import { answered, expect, hiddenFields, test, writePost } from '../fixtures/pages'

/** One of everything that somebody else has. */
async function belongings(owner: Person) {
  const post = await writePost(owner, { title: 'Not yours', content: 'A secret of hers.' })
  await createProject(owner, { name: 'Hers', brief: 'A secret of hers.' }, null)
  const [project] = await listProjects(owner)
  const generation = newId()
  await query(sql`
    INSERT INTO generations (id, owner_id, tool, prompt, model, basic, held, charged, status, day, lease_until, ended_at)
    VALUES (${generation}, ${owner.userId}, 'draft', 'A secret of hers.', 'm', false, 0, 0, 'stopped', now(), now(), now())`)
  return { post: post.id, project: project?.id ?? '', generation }
}

test('what is somebody else’s is not there, on a page that is whole', async ({
  page,
  signedIn,
  expectedErrors,
}) => {
  expectedErrors.push(answered(404))
  const { post, project, generation } = await belongings(await createPerson({ name: 'Bea' }))
  expect(signedIn.name).toBe('Ada')
  const paths = [post, newId(), 'nonsense'].flatMap((id) => [
    `/dashboard/posts/${id}`,
    `/dashboard/posts/${id}/history?version=1`,
  ])
  const all = [
    ...paths,
    `/dashboard/generations/${generation}`,
    `/dashboard/generations/x`,
    `/dashboard/projects/${project}`,
  ]
  for (const path of all) {
    const answer = await page.goto(path)
    expect(answer?.status(), path).toBe(404)
    await expect(page.getByRole('heading', { level: 1 }), path).toHaveText('There is nothing at this address')
    expect(await page.content(), path).not.toContain('A secret of hers')
  }
})

test('a form for what is somebody else’s changes nothing', async ({ page, signedIn }) => {
  const bea = await createPerson({ name: 'Bea' })
  const theirs = await belongings(bea)
  const mine = await belongings(signedIn)
  const forms = [
    {
      path: `/dashboard/posts/${mine.post}`,
      form: 'form:has([name=content])',
      id: theirs.post,
      more: { title: 'Taken', content: '', intent: 'publish' },
    },
    {
      path: `/dashboard/posts/${mine.post}`,
      form: 'form:has(button:text-is("Delete"))',
      id: theirs.post,
      more: {},
    },
    {
      path: `/dashboard/projects/${mine.project}`,
      form: 'form:has([name=brief])',
      id: theirs.project,
      more: { name: 'Taken', brief: '' },
    },
    {
      path: `/dashboard/projects/${mine.project}`,
      form: 'form:has(button:text-is("Delete"))',
      id: theirs.project,
      more: { intent: 'delete' },
    },
  ]
  const before = await everything(bea)
  for (const { path, form, id, more } of forms) {
    await page.goto(path)
    const fields = await hiddenFields(page.locator(form))
    expect(fields.id, form).toBeTruthy()
    const answer = await page.request.post(path, {
      multipart: { ...fields, ...more, id },
      headers: { Origin: new URL(page.url()).origin },
      maxRedirects: 0,
    })
    if ('content' in more) {
      // What was typed is kept, for its writer alone.
      expect(answer.headers().location, form).toMatch(/^\/dashboard\/posts\/new\?draft=[\w-]{36}&gone/)
    } else {
      expect(answer.status(), form).toBe(200)
      expect(await answer.text(), form).toMatch(/There is no such (post|project)\./)
    }
  }
  expect(await everything(bea)).toEqual(before)
})

async function everything({ userId }: Person) {
  return {
    posts: await query(sql`SELECT * FROM posts WHERE author_id = ${userId}`),
    projects: await query(sql`SELECT * FROM projects WHERE owner_id = ${userId}`),
  }
}
