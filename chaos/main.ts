import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { startModelProvider } from '@/e2e/fixtures/model-provider'
import { wrongClock } from './clocks'
import { type Database, startDatabase } from './database'
import { Fleet } from './fleet'
import { readOptions } from './options'
import { Dice } from './random'
import { report } from './report'
import { runChaos } from './run'
import { instanceEnv } from './settings'

/** `npm run chaos`: breaks everything that can break under load, and then proves the books. */
const options = readOptions(process.argv.slice(2))
const home = mkdtempSync(path.join(tmpdir(), 'inkwell-chaos-'))
process.env.DATA_DIR = path.join(home, 'product')
process.env.SESSION_SECRET = 'a-secret-for-chaos-alone-of-more-than-32-characters'
process.env.LOG_LEVEL = 'silent'

const interrupted = new Promise<never>((_, reject) => {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => reject(signal))
})
// It may come before anybody waits for it.
interrupted.catch(() => {})

let database: Database | undefined
let fleet: Fleet | undefined
const provider = await startModelProvider()
// The last resort, as where a mistake of ours ends this process: what it started does not outlive it.
process.on('exit', () => {
  fleet?.killAll()
  database?.killNow()
  rmSync(home, { recursive: true, force: true, maxRetries: 5 })
})

try {
  database = await startDatabase(path.join(home, 'database'))
  const env = instanceEnv(database.url, provider.baseUrl, process.env.DATA_DIR)
  const dice = new Dice(options.seed)
  const clocks = dice.fork()
  fleet = new Fleet(options.instances, options.port, env, () => wrongClock(clocks), options.logs)
  const result = await Promise.race([runChaos(options, dice, fleet, database, provider), interrupted])
  process.exitCode = report(options, result) ? 0 : 1
} catch (error) {
  console.error('chaos: ended by', error)
  process.exitCode = 1
} finally {
  await fleet?.stop()
  await database?.stop()
  await provider.close()
}
process.exit()
