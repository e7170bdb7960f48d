import { execFile } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { promisify } from 'node:util'
import { expect, test } from '@playwright/test'
import { parseInput } from '@/lib/http/input'
import { openApiDocument } from '@/lib/openapi/document'
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
