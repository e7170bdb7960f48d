import { expect, test } from '@playwright/test'
import { bodyLimits, UPLOAD_MAX_BYTES } from '@/lib/body-limits'
import { readEnv } from '@/lib/env'
import config from '@/next.config'

/** The most that Node.js hands over of a request at once. */
const READ = 65_536

test('each limit lets pass what the next one takes, and the last one is ours', () => {
  for (const max of [1_024, UPLOAD_MAX_BYTES, 1_073_741_824]) {
    const { body, proxyBuffer } = bodyLimits(max)
    // A file with the fields and boundaries of its form.
    expect(body).toBeGreaterThan(max + READ)
    // What Next.js has kept of a body that it has cut must still be seen to be too large.
    expect(proxyBuffer - READ).toBeGreaterThan(body)
  }
})

test('Next.js is told the limits that ours go by', () => {
  const { body, proxyBuffer } = bodyLimits(readEnv({}).UPLOAD_MAX_BYTES)
  expect(config.experimental?.serverActions?.bodySizeLimit).toBe(body)
  expect(config.experimental?.proxyClientMaxBodySize).toBe(proxyBuffer)
})
