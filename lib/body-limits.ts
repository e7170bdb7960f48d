const KIB = 1024
const MIB = 1024 * KIB

/** What `UPLOAD_MAX_BYTES` is where it is unset. */
export const UPLOAD_MAX_BYTES = 10 * MIB

/**
 * How many bytes a request may have that carries a file: for next.config.ts, proxy.ts and the API's multipart
 * reader alike, so that no part of Next.js cuts off or refuses what ours would take.
 *
 * @param fileMaxBytes the largest file that may be uploaded, `UPLOAD_MAX_BYTES`.
 */
export function bodyLimits(fileMaxBytes: number): { body: number; proxyBuffer: number } {
  // Beside the file a form holds its own fields; a form without a file may be as large as Next.js has it by default.
  const body = fileMaxBytes + MIB
  // Next.js cuts a body silently that is larger than this buffer, by whole reads of up to 64 KiB. What is left must
  // still be seen to be too large.
  return { body, proxyBuffer: body + 128 * KIB }
}

/** What a form says that was sent by JavaScript and was over the limit. */
export const BODY_TOO_LARGE = 'This is more than can be sent at once. Nothing was changed.'
