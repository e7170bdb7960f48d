import { mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises'
import path from 'node:path'
import { storageUnavailable } from '@/lib/providers/storage/failures'
import type { Storage } from '@/lib/providers/storage/types'

/** Storage in a directory of this machine. It must be on one file system with the files that are put into it. */
export function diskStorage(root: string): Storage {
  return {
    name: `the directory ${root}`,

    check: () =>
      orUnavailable(async () => {
        await mkdir(root, { recursive: true, mode: 0o700 })
      }),

    put: (key, file) =>
      orUnavailable(async () => {
        const place = placeOf(root, key)
        await mkdir(path.dirname(place), { recursive: true, mode: 0o700 })
        await sync(file)
        await rename(file, place)
        // The names of the file, of its folder and of the folder's shelf are each in the directory above.
        for (let at = path.dirname(place); at.startsWith(root); at = path.dirname(at)) await sync(at)
      }),

    size: (key) => orUnavailable(() => orNull(async () => (await stat(placeOf(root, key))).size)),

    read: (key, range) =>
      orUnavailable(() =>
        orNull(async () => {
          // Opened here, so that a file that is not there is known before an answer has begun.
          const file = await open(placeOf(root, key))
          return file.createReadStream(range)
        }),
      ),

    remove: (folder) =>
      orUnavailable(() => rm(placeOf(root, folder), { recursive: true, force: true, maxRetries: 3 })),

    folders: () => foldersOn(root),
  }
}

async function* foldersOn(root: string): AsyncGenerator<string> {
  const namesIn = (directory: string) =>
    orUnavailable(async () => (await orNull(() => readdir(directory))) ?? [])
  for (const shelf of await namesIn(root))
    yield* await namesIn(path.join(/*turbopackIgnore: true*/ root, shelf))
}

/** Folders lie on 256 shelves by the end of their name, since ids begin with the time and so are alike there. */
function placeOf(root: string, key: string): string {
  const [folder = '', ...name] = key.split('/')
  // Else the bundler would take all the project's files for ones that may be read here.
  return path.join(/*turbopackIgnore: true*/ root, folder.slice(-2), folder, ...name)
}

async function sync(file: string): Promise<void> {
  const handle = await open(file)
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}

async function orNull<Value>(look: () => Promise<Value>): Promise<Value | null> {
  try {
    return await look()
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null
    throw error
  }
}

async function orUnavailable<Value>(act: () => Promise<Value>): Promise<Value> {
  try {
    return await act()
  } catch (cause) {
    throw storageUnavailable(cause)
  }
}
