import { execFile } from 'node:child_process'
import { mkdtemp, open, readdir, readFile, rename, rm } from 'node:fs/promises'
import path from 'node:path'
import { promisify } from 'node:util'
import { cleanEnvironment } from './binaries'
import type { Site } from './site'

// The builtin locale sorts and folds the same on every system, whatever its libc has installed.
const INITDB = [
  '--username=inkwell',
  '--auth-local=trust',
  '--auth-host=reject',
  '--encoding=UTF8',
  '--locale=C',
  '--locale-provider=builtin',
  '--builtin-locale=C.UTF-8',
  '--no-instructions',
  '--set=max_connections=100',
  '--set=shared_buffers=128MB',
  '--set=timezone=UTC',
]

/**
 * Makes sure that the site has a cluster of the right version. Called under the site's lock.
 *
 * @throws Error when another major version made it, when something else is in its place, or when initdb fails
 */
export async function ensureCluster({ cluster, binaries, log }: Site): Promise<void> {
  await removeUnfinished(path.dirname(cluster))
  const version = await readIfThere(path.join(cluster, 'PG_VERSION'))
  if (version?.trim() === binaries.major) return
  if (version !== undefined) {
    throw new Error(
      `${cluster} was made by PostgreSQL ${version.trim()}, and this Inkwell brings ${binaries.major}, which can't read it. ` +
        'Start the Inkwell that made it and dump it with pg_dump, move the directory away and restore into a new ' +
        'one, or set DATABASE_URL to use a PostgreSQL of your own.',
    )
  }
  if ((await readdir(cluster).catch(() => [])).length > 0) {
    throw new Error(
      `${cluster} is neither empty nor a PostgreSQL cluster. Move it away, or set another DATA_DIR.`,
    )
  }
  log.info({ cluster }, 'making the embedded PostgreSQL database')
  await makeCluster(cluster, binaries.initdb)
}

// Made beside its place and moved there when it is whole, so that a kill in the middle leaves nothing half done.
async function makeCluster(cluster: string, [program, ...args]: Site['binaries']['initdb']): Promise<void> {
  const home = path.dirname(cluster)
  const unfinished = await mkdtemp(path.join(home, 'postgres.new-'))
  try {
    await promisify(execFile)(program, [...args, ...INITDB, `--pgdata=${unfinished}`], {
      env: cleanEnvironment(),
    })
    await rename(unfinished, cluster)
  } catch (error) {
    await rm(unfinished, { recursive: true, force: true })
    const reason = (error as { stderr?: string }).stderr?.trim() || String(error)
    throw new Error(`PostgreSQL could not make its database in ${cluster}: ${reason}`, { cause: error })
  }
  await syncDirectory(home)
}

// An initdb that outlived its Inkwell may still be writing to one of these: what is left is removed at the next start.
async function removeUnfinished(home: string): Promise<void> {
  const names = (await readdir(home)).filter((name) => name.startsWith('postgres.new-'))
  await Promise.allSettled(names.map((name) => rm(path.join(home, name), { recursive: true, force: true })))
}

// PostgreSQL syncs what is in the cluster, but the name of the cluster is in the directory above it.
async function syncDirectory(directory: string): Promise<void> {
  const handle = await open(directory)
  await handle.sync().finally(() => handle.close())
}

async function readIfThere(file: string): Promise<string | undefined> {
  return readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined
    throw error
  })
}
