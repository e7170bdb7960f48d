import { copyFile, open, stat, truncate } from 'node:fs/promises'

const LONGEST_BYTES = 10 * 1024 * 1024
const EXCERPT_BYTES = 4096

/**
 * Moves a log of more than 10 MB to `<file>.1`. The server keeps it open for appending, so it is copied and cut:
 * the few lines written between the two are lost, which is the price for no collector process.
 *
 * @param alone runs the cut while no other Inkwell process does the same
 */
export async function keepLogShort(
  file: string,
  alone: (work: () => Promise<void>) => Promise<void>,
): Promise<void> {
  if ((await logSize(file)) <= LONGEST_BYTES) return
  await alone(async () => {
    if ((await logSize(file)) <= LONGEST_BYTES) return
    await copyFile(file, `${file}.1`)
    await truncate(file)
  })
}

/** The length of the log in bytes, 0 when there is none. */
export async function logSize(file: string): Promise<number> {
  return (await stat(file).catch(() => undefined))?.size ?? 0
}

/** What the log says from `offset` (in bytes) on; of much, only the last 4 KB. */
export async function readLogFrom(file: string, offset: number): Promise<string> {
  const start = Math.max(offset, (await logSize(file)) - EXCERPT_BYTES)
  const handle = await open(file)
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(EXCERPT_BYTES), 0, EXCERPT_BYTES, start)
    return buffer.toString('utf8', 0, bytesRead)
  } finally {
    await handle.close()
  }
}
