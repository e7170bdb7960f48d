import { randomBytes } from 'node:crypto'
import { linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { dataDir, env } from '@/lib/env'

let cached: string[] | undefined

/**
 * The secrets that seal session cookies, newest first: those of the environment, or one made at the first
 * start and kept in DATA_DIR.
 */
export function sessionSecrets(): string[] {
  cached ??= env().SESSION_SECRET ?? [keptSecret('session')]
  return cached
}

/** Two instances that start at once must end with one secret: linking fails for the one that comes second. */
function keptSecret(name: string): string {
  const folder = path.join(dataDir(), 'secrets')
  const file = path.join(folder, name)
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const draft = `${file}.${process.pid}.${randomBytes(4).toString('hex')}`
  writeFileSync(draft, randomBytes(32).toString('base64url'), { mode: 0o600, flush: true })
  try {
    linkSync(draft, file)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
  } finally {
    rmSync(draft)
  }
  return readFileSync(file, 'utf8')
}
