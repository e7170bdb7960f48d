import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { embeddedIn } from '@/e2e/fixtures/database'
import { spawnProduct, untilReady } from '@/e2e/fixtures/product'
import { closeDatabase, openDatabase } from '@/lib/db'
import { benchFirstToken, benchStreams } from './generations'
import { benchHolds } from './holds'
import { benchRest } from './rest'
import { benchScale } from './scale'

/**
 * `npm run bench`, after `npm run build`: every figure stands beside a baseline measured in the same run. The
 * product and the provider are processes of their own, on a database of their own. `npm run bench -- rest` is one part.
 */
const PORT = Number(process.env.BENCH_PORT ?? 3900)
const home = mkdtempSync(path.join(tmpdir(), 'inkwell-bench-'))
const dataDir = path.join(home, 'data')
const provider = spawn('tsx', ['e2e/fixtures/model-provider.main.ts', String(PORT + 1)], { stdio: 'ignore' })
const providerUrl = `http://127.0.0.1:${PORT + 1}`
const product = spawnProduct(PORT, {
  NODE_OPTIONS: '',
  DATA_DIR: dataDir,
  AI_BASE_URL: `${providerUrl}/v1`,
  AI_MODEL: 'm',
  // As an operator has it: a line for each call of the API is part of what it costs.
  LOG_LEVEL: 'info',
})
try {
  await untilReady(product)
  openDatabase(embeddedIn(dataDir), console.error)
  const bench = { productUrl: product.url, productPid: product.pid, providerUrl }
  const parts: Record<string, () => Promise<void>> = {
    holds: benchHolds,
    'first-token': () => benchFirstToken(bench),
    streams: () => benchStreams(bench),
    scale: () => benchScale(product.url),
    rest: () => benchRest(product, urlOf(embeddedIn(dataDir)), PORT + 2, path.join(home, 'rest')),
  }
  const wanted = process.argv.slice(2)
  for (const [name, run] of Object.entries(parts))
    if (wanted.length === 0 || wanted.includes(name)) await run()
} finally {
  await closeDatabase()
  product.kill('SIGTERM')
  provider.kill()
  await product.exited
  rmSync(home, { recursive: true })
}

function urlOf({ host, port, user, database }: ReturnType<typeof embeddedIn>): string {
  return `postgresql://${user}@/${database}?host=${encodeURIComponent(host)}&port=${port}`
}
