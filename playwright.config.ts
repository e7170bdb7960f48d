import { defineConfig, devices } from '@playwright/test'
import { findChromium } from './e2e/fixtures/browser'
import { BASIC, MODEL, PRODUCT, START, serverEnv } from './e2e/fixtures/env'

/** How long the tests' servers may take to start, in milliseconds. */
const START_MS = 180_000

const start = `node ${START.join(' ')}`
const executablePath = findChromium()
const chromium = {
  ...devices['Desktop Chrome'],
  launchOptions: {
    ...(executablePath ? { executablePath } : {}),
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  },
}

/** One runner for everything: units beside their source, the API by tables, the pages with and without JavaScript. */
export default defineConfig({
  fullyParallel: true,
  // Two for what keeps a processor busy, and one for what mostly waits: for processes to start and end, and for clocks.
  workers: 3,
  forbidOnly: true,
  // Nothing is waited for longer than it takes; these only say when to give up, on a machine however slow.
  timeout: 60_000,
  expect: { timeout: 20_000 },
  reporter: [['list'], ['./e2e/fixtures/reporter.ts']],
  // A trace of every test takes a seventh of the time; `--trace retain-on-failure` has one where it is wanted.
  use: { baseURL: PRODUCT.url, screenshot: 'only-on-failure' },
  projects: [
    // Each file has ports of its own, so its tests take turns. First, beside all others, for it takes longest.
    {
      name: 'resilience',
      testDir: 'e2e/resilience',
      use: chromium,
      timeout: 180_000,
      fullyParallel: false,
      workers: 1,
    },
    {
      name: 'unit',
      testDir: '.',
      testMatch: ['{lib,prisma,actions,chaos,scripts}/**/*.test.ts'],
    },
    { name: 'api', testDir: 'e2e/api', use: chromium },
    // What is there only with JavaScript, or only without, has a file for it; everything else is tested both ways.
    { name: 'pages', testDir: 'e2e/pages', testIgnore: '**/*.plain.spec.ts', use: chromium },
    {
      name: 'pages without JavaScript',
      testDir: 'e2e/pages',
      testIgnore: '**/*.scripted.spec.ts',
      use: { ...chromium, javaScriptEnabled: false },
    },
  ],
  webServer: [
    {
      command: `tsx e2e/fixtures/model-provider.main.ts ${MODEL.port}`,
      url: `${MODEL.url}/v1/models`,
      timeout: START_MS,
      env: { NODE_OPTIONS: '' },
    },
    {
      command: start,
      url: `${PRODUCT.url}/api/health?ready=1`,
      timeout: START_MS,
      env: {
        ...serverEnv,
        PORT: String(PRODUCT.port),
        DATA_DIR: PRODUCT.dataDir,
        AI_BASE_URL: `${MODEL.url}/v1`,
        AI_MODEL: 'test-model',
        // No answer of the tests' own provider is taken for a stalled one where the machine is busy.
        AI_STALL_MS: '5000',
      },
      gracefulShutdown: { signal: 'SIGTERM', timeout: 20_000 },
    },
    {
      command: start,
      url: `${BASIC.url}/api/health?ready=1`,
      timeout: START_MS,
      env: { ...serverEnv, PORT: String(BASIC.port), DATA_DIR: BASIC.dataDir },
      gracefulShutdown: { signal: 'SIGTERM', timeout: 20_000 },
    },
  ],
})
