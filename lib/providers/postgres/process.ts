import { execFile } from 'node:child_process'
import { readdir, readFile, stat } from 'node:fs/promises'
import { promisify } from 'node:util'

/**
 * Whether the process is a PostgreSQL at work in this cluster. A PID alone proves nothing: after a restart of
 * the machine or the container it may belong to anybody, and a zombie that nobody collects still has one.
 */
export async function isServerOf(pid: number, cluster: string): Promise<boolean> {
  if (process.platform !== 'linux') return isNamedInCommand(pid, cluster)
  try {
    // PostgreSQL works in the directory of its cluster; the inode still tells it after the directory was moved.
    const [here, there, name] = await Promise.all([
      stat(`/proc/${pid}/cwd`, { bigint: true }),
      stat(cluster, { bigint: true }),
      readFile(`/proc/${pid}/comm`, 'utf8'),
    ])
    return here.ino === there.ino && here.dev === there.dev && name.trim() === 'postgres'
  } catch {
    return false
  }
}

/** The PIDs of all PostgreSQL processes at work in this cluster; none where the system has no /proc. */
export async function serversOf(cluster: string): Promise<number[]> {
  const names = await readdir('/proc').catch(() => [])
  const pids = names.map(Number).filter((pid) => pid > 0)
  const found = await Promise.all(pids.map((pid) => isServerOf(pid, cluster)))
  return pids.filter((_, index) => found[index])
}

/** Sends a signal, and accepts that the process may be gone already. */
export function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error
  }
}

async function isNamedInCommand(pid: number, cluster: string): Promise<boolean> {
  try {
    const { stdout } = await promisify(execFile)('ps', ['-p', String(pid), '-o', 'command='])
    return stdout.includes(cluster)
  } catch {
    return false
  }
}
