import { execFileSync } from 'node:child_process'
import { expect, test } from '@playwright/test'

test('what is logged just before the process ends is written', () => {
  const program = `
    import { log } from '@/lib/log'
    for (const line of ['one', 'two', 'three']) log().info(line)
    process.exit(0)`
  const output = execFileSync(
    'node',
    ['--import', 'tsx', '--conditions=react-server', '--input-type=module', '-e', program],
    { env: { ...process.env, NODE_OPTIONS: '', LOG_LEVEL: 'info' }, encoding: 'utf8' },
  )
  const lines = output.trim().split('\n')
  expect(lines.map((line) => JSON.parse(line).msg)).toEqual(['one', 'two', 'three'])
})
