import type { Readable } from 'node:stream'

/** The first and the last byte of a part, counted from 0. */
export type ByteRange = { start: number; end: number }

/**
 * Where the files of uploads lie. A key is `folder/name`, both of letters, digits and hyphens. What is stored under a
 * key never changes; it is put once, and removed with its folder.
 *
 * @throws AppError `unavailable`, from each of these, when the storage can't be reached or written; what is read throws
 *   it as well, where it breaks off.
 */
export type Storage = {
  /** What it is and where, for the operator. */
  name: string
  /** Whether it can be used. Where it can’t because the environment is wrong, the cause of what it throws is an EnvError. */
  check(): Promise<void>
  /** Takes over a local file. Once this resolves it is there whole, and stays through a crash; before, it is not there. */
  put(key: string, file: string): Promise<void>
  /** In bytes; null if there is no such key. */
  size(key: string): Promise<number | null>
  /** The content, or a part of it; null if there is no such key. */
  read(key: string, range?: ByteRange): Promise<Readable | null>
  /** Removes a folder with all that is in it; one that is not there is fine. */
  remove(folder: string): Promise<void>
  /** The names of all folders, in any order. */
  folders(): AsyncIterable<string>
}
