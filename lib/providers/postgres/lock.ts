import type { DatabaseSync } from 'node:sqlite'
import { setTimeout as sleep } from 'node:timers/promises'

const POLL_MS = 50
const SILENCE_MS = 5000
const SQLITE_BUSY = 5

/**
 * Runs `work` while nobody else, in this process or another, works under the same lock file.
 * Waits as long as that takes, and calls `onWait` once when it takes more than 5 seconds.
 *
 * Node offers no file lock, but the SQLite inside Node takes one: a kernel lock that ends with its process,
 * so kill -9 can't leave it stuck, and no PID or age has to be guessed at. The file never holds any data.
 *
 * @throws what `work` throws; Error when this Node has no SQLite or the file can't be made
 */
export async function withLock<T>(file: string, work: () => Promise<T>, onWait: () => void): Promise<T> {
  const lock = openLockFile(file)
  try {
    await untilLocked(lock, onWait)
    return await work()
  } finally {
    lock.close()
  }
}

async function untilLocked(lock: DatabaseSync, onWait: () => void): Promise<void> {
  const impatient = setTimeout(onWait, SILENCE_MS)
  try {
    while (!tryLock(lock)) await sleep(POLL_MS)
  } finally {
    clearTimeout(impatient)
  }
}

function openLockFile(file: string): DatabaseSync {
  // Asked for at run time: a bundler neither has to know this module, nor an old Node to have it.
  const sqlite = process.getBuiltinModule('node:sqlite')
  if (!sqlite) throw new Error(`The embedded PostgreSQL needs Node 24, and this is ${process.version}.`)
  return new sqlite.DatabaseSync(file, { timeout: 0 })
}

function tryLock(lock: DatabaseSync): boolean {
  try {
    // Without this SQLite would lay a journal file beside the lock.
    lock.exec('PRAGMA journal_mode = MEMORY')
    lock.exec('BEGIN EXCLUSIVE')
    return true
  } catch (error) {
    if ((error as { errcode?: number }).errcode === SQLITE_BUSY) return false
    throw error
  }
}
