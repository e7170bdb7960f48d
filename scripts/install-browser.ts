import { execFileSync } from 'node:child_process'
import { findChromium } from '../e2e/fixtures/browser'

/** Sees to it that the tests have a browser: one that is there, or Debian's. */
if (!findChromium()) {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) {
    console.error('No Chromium found. Install one, or say where it is in CHROMIUM_PATH.')
    process.exit(1)
  }
  console.log('No Chromium found: installing the one of Debian.')
  const apt = (...args: string[]) =>
    execFileSync('apt-get', args, {
      stdio: ['ignore', 'inherit', 'inherit'],
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    })
  apt('update', '-qq')
  apt('install', '-y', '-qq', '--no-install-recommends', 'chromium-headless-shell', 'fonts-noto-core', 'lynx')
}
