import { execFile } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { promisify } from 'node:util'
import { expect, test } from '@playwright/test'
import { parseInput } from '@/lib/http/input'
import { documentOf, openApiDocument } from '@/lib/openapi/document'
import type { Operation } from '@/lib/openapi/operation'
import { operations } from '@/lib/openapi/operations'

type Lint = { totals: { errors: number; warnings: number; ignored: number }; problems: { ruleId: string }[] }

/** What Redocly's linter says at its recommended level. */
async function lint(document: object, file: string): Promise<Lint> {
  writeFileSync(file, JSON.stringify(document))
  const redocly = 'node_modules/@redocly/cli/bin/cli.js'
  const env = {
    ...process.env,
    NODE_OPTIONS: '',
    REDOCLY_TELEMETRY: 'off',
    REDOCLY_SUPPRESS_UPDATE_NOTICE: 'true',
  }
  // It ends with 1 if there are errors, which are in what it says.
  const { stdout } = await promisify(execFile)(
    'node',
    [redocly, 'lint', file, '--extends=recommended', '--format=json'],
    { env },
  ).catch((error: { stdout: string }) => error)
  return JSON.parse(stdout) as Lint
}

test('the linter has nothing to say of the document', async ({ browserName: _ }, info) => {
  const said = await lint(openApiDocument(), info.outputPath('openapi.json'))
  expect(said).toMatchObject({ totals: { errors: 0, warnings: 0, ignored: 0 }, problems: [] })
})

test('it would say what is wrong with it', async ({ browserName: _ }, info) => {
  const document = JSON.parse(JSON.stringify(openApiDocument()))
  document.paths['/api/usage'].get.operationId = 'listPosts'
  document.components.responses.Forbidden.content[
    'application/problem+json'
  ].examples.forbidden.value.status = '403'
  const said = await lint(document, info.outputPath('openapi.json'))
  const rules = said.problems.map(({ ruleId }) => ruleId)
  expect(rules).toContain('operation-operationId-unique')
  expect(rules).toContain('no-invalid-media-type-examples')
})

for (const { id, body, bodyExamples } of operations.filter((one) => one.body)) {
  test(`${id} takes the bodies in its examples`, () => {
    expect(Object.keys(bodyExamples ?? {}).length).toBeGreaterThan(0)
    for (const example of Object.values(bodyExamples ?? {}))
      if (body && 'value' in example) expect(parseInput(body, example.value)).toBeTruthy()
  })
}

test('a deprecated call is described as one, in words the linter has nothing to say of', async ({
  browserName: _,
}, info) => {
  const deprecated = {
    since: new Date('2026-01-01'),
    sunset: new Date('2026-07-01'),
    link: '/docs/api#versions',
  }
  const all = operations.map((one): Operation => (one.id === 'listPosts' ? { ...one, deprecated } : one))
  const document = documentOf(all)
  const operation = document.paths?.['/api/posts']?.get
  expect(operation?.deprecated).toBe(true)
  expect(operation?.description).toMatch(/^\*\*Deprecated from 2026-01-01 on, and gone after 2026-07-01\*\*/)
  const headers = { Deprecation: expect.anything(), Sunset: expect.anything(), Link: expect.anything() }
  for (const [status, response] of Object.entries(operation?.responses ?? {}))
    expect(response, status).toMatchObject({ headers })
  expect(await lint(document, info.outputPath('openapi.json'))).toMatchObject({
    totals: { errors: 0, warnings: 0 },
  })
  for (const { deprecated } of Object.values(openApiDocument().paths ?? {}).flatMap((item) =>
    Object.values(item),
  ))
    expect(deprecated).toBeUndefined()
})
