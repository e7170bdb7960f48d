import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { embeddedIn } from '@/e2e/fixtures/database'
import { spawnProduct, untilReady } from '@/e2e/fixtures/product'
import { closeDatabase, openDatabase } from '@/lib/db'
import { benchFirstToken, benchStreams } from './generations'
import { benchHolds } from './holds'

/**
 * `npm run bench`, after `npm run build`: every figure stands beside a baseline measured in the same run. The
 * product and the provider are processes of their own, on a database of their own.
 */
const PORT = Number(process.env.BENCH_PORT ?? 3900)
const dataDir = mkdtempSync(path.join(tmpdir(), 'inkwell-bench-'))
const provider = spawn('tsx', ['e2e/fixtures/model-provider.main.ts', String(PORT + 1)], { stdio: 'ignore' })
const providerUrl = `http://127.0.0.1:${PORT + 1}`
const product = spawnProduct(PORT, {
  NODE_OPTIONS: '',
  DATA_DIR: dataDir,
  AI_BASE_URL: `${providerUrl}/v1`,
  AI_MODEL: 'm',
})
try {
  await untilReady(product)
  openDatabase(embeddedIn(dataDir), console.error)
  const bench = { productUrl: product.url, productPid: product.pid, providerUrl }
  await benchHolds()
  await benchFirstToken(bench)
  await benchStreams(bench)
} finally {
  await closeDatabase()
  product.kill('SIGTERM')
  provider.kill()
  await product.exited
  rmSync(dataDir, { recursive: true })
}
