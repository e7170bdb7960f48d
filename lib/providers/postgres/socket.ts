import { createHash } from 'node:crypto'
import { lstat, mkdir } from 'node:fs/promises'
import path from 'node:path'

/** Only names the socket file (`.s.PGSQL.5432`); nothing listens on a TCP port. */
export const SOCKET_PORT = 5432

const SOCKET_FILE = `.s.PGSQL.${SOCKET_PORT}`
// `sun_path` has 108 bytes on Linux and 104 on macOS, with the closing zero; PostgreSQL and Node share the limit.
const LONGEST_PATH = 103

/**
 * The directory for the server's socket, open to this user alone: that is the whole authentication.
 *
 * @param run the directory it would best be, as a real path; where that is too long for a socket, it is in /tmp
 * @throws Error when the directory belongs to, or is open to, anybody else
 */
export async function socketDirectory(run: string): Promise<string> {
  if (Buffer.byteLength(path.join(run, SOCKET_FILE)) <= LONGEST_PATH) return run
  // Not os.tmpdir(): it depends on TMPDIR, and every process of this data directory has to find the same place.
  const name = createHash('sha256').update(run).digest('hex').slice(0, 20)
  return privateDirectory(`/tmp/inkwell-${name}`)
}

/**
 * Makes a directory that only the present user can enter, or makes sure that an existing one is such.
 *
 * @throws Error when it belongs to, or is open to, anybody else
 */
export async function privateDirectory(directory: string): Promise<string> {
  await mkdir(directory, { mode: 0o700 }).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'EEXIST') throw error
  })
  // lstat, because in /tmp somebody else may have laid a link under this name.
  const found = await lstat(directory)
  if (!found.isDirectory() || found.uid !== process.geteuid?.() || (found.mode & 0o077) !== 0) {
    throw new Error(
      `${directory} must be a directory that belongs to the user who runs Inkwell and is closed to all others ` +
        '(chmod 700): it is the door to the embedded PostgreSQL. Give it to that user, or remove it.',
    )
  }
  return directory
}

/** What a server leaves behind in the socket directory when it is killed. */
export function socketLeftovers(directory: string): string[] {
  return [path.join(directory, SOCKET_FILE), path.join(directory, `${SOCKET_FILE}.lock`)]
}
