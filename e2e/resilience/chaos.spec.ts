import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { SPARE_PORT } from '../fixtures/env'
import { expect, test } from '../fixtures/resilience'

test('a minute of chaos breaks none of the promises', async () => {
  test.setTimeout(300_000)
  const child = spawn('npm', ['run', 'chaos', '--', '--seconds', '60', '--port', String(SPARE_PORT + 40)], {
    env: { ...process.env, NODE_OPTIONS: '' },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let said = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (data) => {
      said += data
    })
  }
  // Where the test itself is ended, the script cleans up after itself, too.
  const [code] = await once(child, 'exit').finally(() => child.kill('SIGTERM'))
  expect(said).toMatch(/^chaos: PASS, seed \d+, \d+ kills and pauses, 0 violations$/m)
  expect(code).toBe(0)
  // Otherwise it has shown little.
  expect(Number(/(\d+) kills and pauses/.exec(said)?.[1])).toBeGreaterThanOrEqual(20)
  expect(Number(/^accepted (\d+)/m.exec(said)?.[1])).toBeGreaterThan(50)
})
