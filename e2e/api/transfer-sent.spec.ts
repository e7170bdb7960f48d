import { randomBytes } from 'node:crypto'
import { UPLOAD_MAX_BYTES } from '@/lib/body-limits'
import { IMPORT_MAX_BYTES, readImport } from '@/lib/services/transfer'
import { query, sql } from '@/lib/sql'
import { PRODUCT } from '../fixtures/env'
import { createCookieFor, createKeyFor, type Person } from '../fixtures/factories'
import { expect, test } from '../fixtures/test'
import { unique } from '../fixtures/transfer/import'
import { zipOf } from '../fixtures/transfer/zip'

/** Sends a file as the form on the page does, and follows nothing. */
async function send(headers: Record<string, string>, content: Uint8Array): Promise<Response> {
  const body = new FormData()
  body.append('file', new File([new Uint8Array(content)], 'site.zip'))
  return fetch(`${PRODUCT.url}/dashboard/transfer/file`, {
    method: 'POST',
    body,
    headers,
    redirect: 'manual',
  })
}

async function sessionOf(person: Person): Promise<Record<string, string>> {
  const { name, value } = await createCookieFor(person)
  return { Cookie: `${name}=${value}`, Origin: PRODUCT.url, 'Sec-Fetch-Site': 'same-origin' }
}

const post = (title: string) => ({ name: 'a.md', content: `---\ntitle: ${title}\n---\nText.` })
const placeOf = (answer: Response) => (answer.headers.get('location') ?? '').replace(PRODUCT.url, '')

test('a file larger than an upload arrives whole, and no larger one than its own limit is taken', async ({
  writer,
}) => {
  const headers = await sessionOf(writer)
  // What Next.js would have cut at the limit of forms has its directory at the end, and would be no zip.
  const large = zipOf([
    post(unique('Large')),
    { name: 'rest.bin', content: randomBytes(UPLOAD_MAX_BYTES + 4_000_000) },
  ])
  const answer = await send(headers, large)
  expect(answer.status).toBe(303)
  const id = placeOf(answer).split('/').at(-1) ?? ''
  expect(placeOf(answer)).toBe(`/dashboard/transfer/${id}`)
  await expect.poll(async () => (await readImport(writer, id)).status).toBe('done')
  expect(await readImport(writer, id)).toMatchObject({ filename: 'site.zip', made: 1, refused: 0 })

  const refused = await send(headers, Buffer.alloc(IMPORT_MAX_BYTES + 2_000_000))
  expect([refused.status, placeOf(refused)]).toEqual([303, '/dashboard/transfer?refused=too_large'])
  expect(await query(sql`SELECT FROM imports WHERE owner_id = ${writer.userId}`)).toHaveLength(1)
})

test('only its own page sends a file, for somebody who is logged in', async ({ writer }) => {
  const session = await sessionOf(writer)
  const zip = zipOf([post(unique('Sent'))])
  const nobody = await send({ Origin: PRODUCT.url, 'Sec-Fetch-Site': 'same-origin' }, zip)
  expect([nobody.status, placeOf(nobody)]).toEqual([303, '/login?next=%2Fdashboard%2Ftransfer'])
  const foreign = await send(
    { ...session, Origin: 'https://evil.example', 'Sec-Fetch-Site': 'cross-site' },
    zip,
  )
  expect(foreign.status).toBe(403)
  expect(await foreign.text()).toContain('This form came from another site')
  const key = await send({ Authorization: `Bearer ${await createKeyFor(writer)}` }, zip)
  expect([key.status, placeOf(key)]).toEqual([303, '/dashboard/transfer?refused=forbidden'])
  expect(await query(sql`SELECT FROM imports WHERE owner_id = ${writer.userId}`)).toEqual([])
})

test('while one import runs, another of the same writer is refused', async ({ writer }) => {
  await query(sql`
    INSERT INTO imports (id, owner_id, filename, stored, lease_until)
    VALUES (gen_random_uuid(), ${writer.userId}, 'running.zip', false, now() + interval '1 hour')`)
  const answer = await send(await sessionOf(writer), zipOf([post('Second')]))
  expect([answer.status, placeOf(answer)]).toEqual([303, '/dashboard/transfer?refused=in_progress'])
  expect(await query(sql`SELECT FROM imports WHERE owner_id = ${writer.userId}`)).toHaveLength(1)
})
