import { expect, test } from '@playwright/test'
import { openApiDocument } from '@/lib/openapi/document'
import { incompatibilities } from './compatibility'

type Json = { [key: string]: Json } & { [index: number]: Json } & {
  push(item: unknown): void
  length: number
}

/** The document as it is, for a change; loosely typed, since the changes are to what it must not become. */
function copy(): Json {
  return JSON.parse(JSON.stringify(openApiDocument())) as Json
}

type Change = { name: string; change: (document: Json) => unknown; says: string }

const posts = (document: Json) => document.paths?.['/api/posts'] as Json
const post = (document: Json) => document.components?.schemas?.Post as Json
const newPost = (document: Json) => document.components?.schemas?.NewPost as Json
const fields = (schema: Json) => schema.properties as Json

const breaking: Change[] = [
  {
    name: 'a path is gone',
    change: (it) => delete it.paths?.['/api/usage'],
    says: 'the path /api/usage is gone',
  },
  { name: 'a method is gone', change: (it) => delete posts(it).post, says: 'the method post is gone' },
  {
    name: 'a call has another name in clients',
    change: (it) => Object.assign(posts(it).get ?? {}, { operationId: 'posts' }),
    says: 'operationId was listPosts',
  },
  {
    name: 'a call is no longer for everybody',
    change: (it) =>
      Object.assign(posts(it).get ?? {}, { security: [{ apiKey: ['posts:read'] }, { session: [] }] }),
    says: '{} is not enough',
  },
  {
    name: 'a call needs another scope',
    change: (it) => Object.assign(posts(it).post?.security?.[0] ?? {}, { apiKey: ['posts:admin'] }),
    says: '{"apiKey":["posts:write"]} is not enough',
  },
  {
    name: 'a parameter is new and required',
    change: (it) =>
      posts(it).get?.parameters?.push({ in: 'query', name: 'site', required: true, schema: {} }),
    says: 'the parameter query site is new, and required',
  },
  {
    name: 'a parameter is required',
    change: (it) => Object.assign(posts(it).get?.parameters?.[0] ?? {}, { required: true }),
    says: 'query page: is required',
  },
  {
    name: 'a parameter is gone',
    change: (it) => Object.assign(posts(it).get?.parameters?.[0] ?? {}, { name: 'pages' }),
    says: 'the parameter query page is gone',
  },
  {
    name: 'a parameter takes less',
    change: (it) => Object.assign(posts(it).get?.parameters?.[1]?.schema ?? {}, { maximum: 50 }),
    says: 'maximum is 100 where 50 is expected',
  },
  {
    name: 'a parameter left out is something else',
    change: (it) => Object.assign(posts(it).get?.parameters?.[1]?.schema ?? {}, { default: 20 }),
    says: 'default is 20, not 10',
  },
  {
    name: 'a header is required of requests',
    change: (it) => Object.assign(it.components?.parameters?.['Idempotency-Key'] ?? {}, { required: true }),
    says: 'header Idempotency-Key: is required',
  },
  {
    name: 'a field is new and required in a request',
    change: (it) => {
      Object.assign(fields(newPost(it)), { language: { type: 'string' } })
      newPost(it).required?.push('language')
    },
    says: '/language: is not always there, and is expected',
  },
  {
    name: 'a field is required in a request',
    change: (it) => newPost(it).required?.push('excerpt'),
    says: '/excerpt: is not always there, and is expected',
  },
  {
    name: 'a field is gone from requests, which take no others',
    change: (it) => delete fields(newPost(it)).excerpt,
    says: '/excerpt: is not expected',
  },
  {
    name: 'an enum of a request is narrower',
    change: (it) => Object.assign(fields(newPost(it)).status ?? {}, { enum: ['draft'] }),
    says: '"published" is not among ["draft"]',
  },
  {
    name: 'a text of a request is shorter',
    change: (it) => Object.assign(fields(newPost(it)).title ?? {}, { maxLength: 100 }),
    says: 'maxLength is 200 where 100 is expected',
  },
  {
    name: 'a text of a request has a pattern',
    change: (it) => Object.assign(fields(newPost(it)).title ?? {}, { pattern: '^[a-z]*$' }),
    says: 'pattern is "^[a-z]*$", not undefined',
  },
  {
    name: 'null is refused',
    change: (it) => Object.assign(fields(newPost(it)), { coverUploadId: { type: 'string', format: 'uuid' } }),
    says: 'null where string is expected',
  },
  {
    name: 'a body has another type',
    change: (it) => {
      const content = posts(it).post?.requestBody?.content as Json
      Object.assign(content, { 'application/xml': content['application/json'] })
      delete content['application/json']
    },
    says: 'the type application/json is gone',
  },
  {
    name: 'a status is gone',
    change: (it) => delete posts(it).get?.responses?.['304'],
    says: 'the status 304 is gone',
  },
  {
    name: 'a success has another status',
    change: (it) => Object.assign(posts(it).get?.responses ?? {}, { 206: {} }),
    says: 'the status 206 is new',
  },
  {
    name: 'an answer has not the type',
    change: (it) => delete it.paths?.['/api/usage/ledger']?.get?.responses?.['200']?.content?.['text/csv'],
    says: 'the type text/csv is gone',
  },
  {
    name: 'a header of answers is gone',
    change: (it) => delete posts(it).post?.responses?.['201']?.headers?.Location,
    says: 'the header Location is gone',
  },
  {
    name: 'a header of answers is not always there',
    change: (it) => Object.assign(it.components?.headers?.ETag ?? {}, { required: false }),
    says: 'ETag: is not always there',
  },
  {
    name: 'a field of answers is gone',
    change: (it) => delete fields(post(it)).slug,
    says: '/slug: is gone',
  },
  {
    name: 'a field of answers is not always there',
    change: (it) => Object.assign(post(it), { required: ['id', 'title'] }),
    says: '/slug: is not always there, and is expected',
  },
  {
    name: 'a field of answers has another type',
    change: (it) => Object.assign(fields(post(it)), { version: { type: 'string' } }),
    says: '/version: string where integer is expected',
  },
  {
    name: 'a field of answers can be null',
    change: (it) => Object.assign(fields(post(it)).title ?? {}, { type: ['string', 'null'] }),
    says: '/title: null where string is expected',
  },
  {
    name: 'a field of answers has a value that no client knows',
    change: (it) => fields(post(it)).status?.enum?.push('scheduled'),
    says: '"scheduled" is not among ["draft","published"]',
  },
  {
    name: 'a number of answers goes further',
    change: (it) => Object.assign(fields(post(it)).version ?? {}, { minimum: 0 }),
    says: 'minimum is 0 where 1 is expected',
  },
  {
    name: 'a field deep in a list is gone',
    change: (it) => delete fields(it.components?.schemas?.LedgerEntry as Json).reason,
    says: '/entries/*/reason: is gone',
  },
  {
    name: 'a problem has not its facts',
    change: (it) => delete fields(it.components?.schemas?.InsufficientCreditsProblem as Json).needed,
    says: 'insufficient_credits/needed: is gone',
  },
]

for (const { name, change, says } of breaking) {
  test(`it is a break that ${name}`, () => {
    const now = copy()
    change(now)
    expect(JSON.stringify(now), 'the change was made').not.toBe(JSON.stringify(openApiDocument()))
    const found = incompatibilities(openApiDocument(), now)
    expect(
      found.some((one) => one.includes(says)),
      found.join('\n') || 'nothing was found',
    ).toBe(true)
  })
}

const harmless: Omit<Change, 'says'>[] = [
  { name: 'nothing', change: () => {} },
  { name: 'a new path', change: (it) => Object.assign(it.paths ?? {}, { '/api/tags': { get: {} } }) },
  {
    name: 'a new method',
    change: (it) => Object.assign(posts(it), { put: { operationId: 'replacePosts' } }),
  },
  {
    name: 'a new parameter that may be left out',
    change: (it) => posts(it).get?.parameters?.push({ in: 'query', name: 'tag', schema: { type: 'string' } }),
  },
  {
    name: 'a new field of requests that may be left out',
    change: (it) => Object.assign(fields(newPost(it)), { language: { type: 'string' } }),
  },
  {
    name: 'requests that may have more',
    change: (it) => {
      Object.assign(fields(newPost(it)).title ?? {}, { maxLength: 300 })
      fields(newPost(it)).status?.enum?.push('scheduled')
    },
  },
  {
    name: 'a field of requests that may be left out',
    change: (it) => Object.assign(newPost(it), { required: [] }),
  },
  {
    name: 'a new field of answers',
    change: (it) => Object.assign(fields(post(it)), { language: { type: 'string' } }),
  },
  {
    name: 'a field of answers that can be less',
    change: (it) => Object.assign(fields(post(it)).version ?? {}, { minimum: 2 }),
  },
  { name: 'a problem more', change: (it) => Object.assign(posts(it).get?.responses ?? {}, { 418: {} }) },
  {
    name: 'a code more',
    change: (it) => {
      const schemas = it.components?.schemas as Json
      const added = JSON.parse(JSON.stringify(schemas.KeyReusedProblem)) as Json
      Object.assign(fields(added).code ?? {}, { const: 'too_odd' })
      Object.assign(schemas, { TooOddProblem: added })
      const union =
        it.components?.responses?.InvalidOrKeyReused?.content?.['application/problem+json']?.schema
      union?.oneOf?.push({ $ref: '#/components/schemas/TooOddProblem' })
    },
  },
  {
    name: 'another wording',
    change: (it) => Object.assign(fields(post(it)).slug ?? {}, { description: 'New.' }),
  },
  {
    name: 'a scope less',
    change: (it) => Object.assign(posts(it).post?.security?.[0] ?? {}, { apiKey: [] }),
  },
]

for (const { name, change } of harmless) {
  test(`it is no break: ${name}`, () => {
    const now = copy()
    change(now)
    expect(incompatibilities(openApiDocument(), now)).toEqual([])
  })
}
