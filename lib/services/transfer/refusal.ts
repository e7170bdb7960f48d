import { AppError } from '@/lib/errors'

/** A file, or a part of it, that can't be imported: what is wrong, and where. */
export function refusal(where: string, what: string, cause?: unknown): AppError {
  return new AppError('invalid', where ? `${where}: ${what}` : what, { cause })
}
