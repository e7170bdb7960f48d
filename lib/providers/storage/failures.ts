import { AppError } from '@/lib/errors'

/** What the people are told while the storage is away; the cause goes to the log. */
export function storageUnavailable(cause: unknown): AppError {
  return new AppError('unavailable', 'The storage can’t be reached just now. Please try again.', {
    retryAfter: 30,
    cause,
  })
}
