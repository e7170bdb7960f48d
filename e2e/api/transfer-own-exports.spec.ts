import { newId } from '@/lib/ids'
import { newPost } from '@/lib/schemas/posts'
import { createPost } from '@/lib/services/posts'
import { changeProject, listProjects } from '@/lib/services/projects'
import { createKeyFor, createPerson } from '../fixtures/factories'
import { addPicture } from '../fixtures/pages'
import { picture, upload } from '../fixtures/pictures'
import { apiWith, expect, test } from '../fixtures/test'
import { exported, importZip, postOf, postsOf, type StoredPost, uploadsOf } from '../fixtures/transfer/import'
import { unzip } from '../fixtures/transfer/unzip'

/** What an export says of itself is as easily written by anybody: what is taken of it, and what is not. */

// Pictures are decoded and encoded on the way, on a machine that does much else.
test.describe.configure({ timeout: 90_000 })

test('pictures of an export that come back without its list are not written anew', async ({ writer }) => {
  const { url } = await upload(apiWith(await createKeyFor(writer)), await picture('jpeg'), {
    filename: 'a.jpg',
  })
  await createPost(writer, newPost.parse({ title: 'Before', content: `![a](${url})` }), null)
  const uploads = await uploadsOf(writer)
  const files = [...(await unzip(await exported(writer)))]
    .filter(([name]) => name !== 'inkwell.json')
    .map(([name, content]) => ({
      name,
      content: name.endsWith('.md') ? content.toString().replace('title: Before', 'title: After') : content,
    }))
  expect(await importZip(writer, files)).toMatchObject({ status: 'done', made: 1 })
  expect(await uploadsOf(writer)).toEqual(uploads)
  expect((await postOf(writer, 'After')).content).toBe(`![a](${url})`)
})

test('projects of an export come once, and no others than there may be', async ({ writer }) => {
  const manifest = (projects: unknown[]) => ({
    name: 'inkwell.json',
    content: JSON.stringify({
      format: 'inkwell-export',
      version: 1,
      site: '',
      exportedAt: new Date().toISOString(),
      projects,
      pictures: [],
    }),
  })
  const project = { id: newId(), name: 'Sea', brief: 'Salt.', createdAt: '2020-01-02T03:04:05.000Z' }
  const files = [manifest([project, { ...project, id: newId(), name: 'n'.repeat(81) }])]
  const refused = `The project ${'n'.repeat(81)} was not taken: At most 80 characters.`
  expect((await importZip(writer, files)).remarks).toEqual([
    'One project was made.',
    refused,
    'There is no post in it.',
  ])
  const [made] = await listProjects(writer)
  expect(made).toMatchObject({ name: 'Sea', brief: 'Salt.' })
  // What has been changed since stays as it is, and what is somebody else’s is not theirs.
  await changeProject(writer, made?.id ?? '', { name: 'Sea', brief: 'Sweet.' }, 1)
  expect((await importZip(writer, files)).remarks).toEqual([refused, 'There is no post in it.'])
  expect(await listProjects(writer)).toMatchObject([{ id: made?.id, name: 'Sea', brief: 'Sweet.' }])
  const bea = await createPerson({ name: 'Bea' })
  await importZip(bea, [manifest([{ ...project, id: made?.id }])])
  expect(await listProjects(bea)).toMatchObject([{ name: 'Sea', brief: 'Salt.' }])
})

test('what an export says of a picture that is not in it does no harm', async ({ writer }) => {
  const bea = await createPerson({ name: 'Bea' })
  const theirs = await addPicture(bea, 'hers.png')
  const described = { ...theirs, alt: 'x', file: `pictures/${theirs.id}/hers.png` }
  const manifest = {
    format: 'inkwell-export',
    version: 1,
    site: '',
    exportedAt: new Date().toISOString(),
    pictures: [described],
  }
  const result = await importZip(writer, [
    { name: 'inkwell.json', content: JSON.stringify(manifest) },
    {
      name: 'posts/a.md',
      content: `---\ntitle: Claims\nid: ${theirs.id}\n---\n![x](../pictures/${theirs.id}/hers.png)`,
    },
  ])
  expect(result).toMatchObject({ made: 1, refused: 0 })
  expect(await uploadsOf(writer)).toEqual([])
  const [post] = [...(await postsOf(writer)).values()] as [StoredPost]
  expect(post.content).toBe(`![x](../pictures/${theirs.id}/hers.png)`)
})
