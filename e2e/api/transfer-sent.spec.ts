import { randomBytes } from 'node:crypto'
import { UPLOAD_MAX_BYTES } from '@/lib/body-limits'
import { IMPORT_MAX_BYTES, readImport } from '@/lib/services/transfer'
import { query, sql } from '@/lib/sql'
import { PRODUCT } from '../fixtures/env'
import { createCookieFor, createKeyFor, createPerson, type Person } from '../fixtures/factories'
import { expect, test } from '../fixtures/test'
import { unique } from '../fixtures/transfer/import'
import { zipOf } from '../fixtures/transfer/zip'

/** Sends a file as the form on the page does, and follows nothing. */
async function send(
  headers: Record<string, string>,
  content: Uint8Array,
  texts: Record<string, string> = {},
): Promise<Response> {
  const body = new FormData()
  for (const [name, text] of Object.entries(texts)) body.append(name, text)
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
  expect(nobody.status).toBe(200)
  const given = await nobody.text()
  expect(given).toContain('You are logged out')
  expect(given).toContain('/login?next=%2Fdashboard%2Ftransfer"')
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

test('whatever becomes of the file, what was typed beside it is given back', async ({ writer }) => {
  const [headers, site] = [await sessionOf(writer), 'https://old.example/?a=1&b=“2”']
  const texts = { account: writer.userId, site }
  const refusals = {
    empty: await send(headers, Buffer.alloc(0), texts),
    huge: await send(headers, Buffer.alloc(IMPORT_MAX_BYTES + 2_000_000), texts),
  }
  await query(sql`
    INSERT INTO imports (id, owner_id, filename, stored, lease_until)
    VALUES (gen_random_uuid(), ${writer.userId}, 'running.zip', false, now() + interval '1 hour')`)
  const second = await send(headers, zipOf([post('Second')]), texts)
  const told = Object.entries({ ...refusals, second }).map(([name, answer]) => {
    const { pathname, searchParams } = new URL(placeOf(answer), PRODUCT.url)
    return [name, pathname, searchParams.get('refused'), searchParams.get('site')]
  })
  expect(told).toEqual([
    ['empty', '/dashboard/transfer', 'invalid', site],
    ['huge', '/dashboard/transfer', 'too_large', site],
    ['second', '/dashboard/transfer', 'in_progress', site],
  ])
})

test('a file that was chosen under another account is not imported into this one', async ({ writer }) => {
  const bea = await createPerson({ name: 'Bea' })
  const texts = { account: writer.userId, site: 'https://old.example' }
  const answer = await send(await sessionOf(bea), zipOf([post(unique('Mine'))]), texts)
  const given = await answer.text()
  expect(given).toContain('This form was made for another account')
  expect(given).toContain('>\nhttps://old.example</textarea>')
  expect(given).toContain('action="/dashboard/transfer/file"')
  expect(await query(sql`SELECT FROM imports WHERE owner_id = ${bea.userId}`)).toEqual([])
  expect((await send(await sessionOf(writer), zipOf([post(unique('Mine'))]), texts)).status).toBe(303)
  expect(await query(sql`SELECT site FROM imports WHERE owner_id = ${writer.userId}`)).toEqual([
    { site: 'https://old.example' },
  ])
})

test('an address that is too long is told at its field, and given back as far as an address can carry it', async ({
  writer,
}) => {
  const headers = await sessionOf(writer)
  for (const site of [`https://example.com/${'a'.repeat(1_500)}`, '灯'.repeat(2_000)]) {
    const answer = await send(headers, zipOf([post(unique('Far'))]), { site })
    const place = new URL(placeOf(answer), PRODUCT.url)
    expect(place.searchParams.get('refused')).toBe('site')
    const kept = place.searchParams.get('site') ?? ''
    expect(kept.length).toBeGreaterThan(200)
    expect(site.startsWith(kept)).toBe(true)
    const page = await fetch(place, { headers: { Cookie: headers.Cookie ?? '' } })
    expect(page.status).toBe(200)
    expect(await page.text()).toContain('This is no address of a site.')
  }
})
