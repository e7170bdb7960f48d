import type { Readable } from 'node:stream'

/** One file of what is imported. Its path has no `.` or `..` in it, and names nothing on this machine. */
export type BundleFile = {
  path: string
  bytes: number
  open(): Promise<Readable>
}

/** What is imported: the files of a zip, of a folder, or a single one, by their paths. */
export type Bundle = {
  files: ReadonlyMap<string, BundleFile>
  close(): void
}
