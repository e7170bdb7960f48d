import { AppError, type ErrorCode } from '@/lib/errors'

/** A refusal of the file as such, told at its field. */
export function refuseImage(code: ErrorCode, detail: string, cause?: unknown): AppError {
  return new AppError(code, detail, { fields: [{ pointer: '/file', detail }], cause })
}

/** What the decoder said goes to the log; for the sender it means one thing. */
export function brokenImage(cause?: unknown): AppError {
  return refuseImage('invalid', 'This picture is broken or incomplete: it can’t be read to its end.', cause)
}
