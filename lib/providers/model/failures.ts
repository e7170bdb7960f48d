import { APICallError, InvalidResponseDataError } from '@ai-sdk/provider'
import { AppError } from '@/lib/errors'

/**
 * The failure that a writer is told of, for anything the SDK threw or reported. The sentences are fixed:
 * what a provider says may hold its customer's name, key or address, so it goes to the log as the cause.
 *
 * @param delivered whether any text came before the failure
 */
export function providerFailure(cause: unknown, delivered: boolean): AppError {
  if (cause instanceof AppError) return cause
  if (isTimeout(cause)) return timedOut(cause)
  if (InvalidResponseDataError.isInstance(cause))
    return delivered ? failed(sentences.cut, cause) : noOutput(cause)
  const status = APICallError.isInstance(cause) ? cause.statusCode : undefined
  // A status of 200 on an error means that the answer had begun and its connection broke.
  if (status === 200) return failed(sentences.cut, cause)
  return failed((status && byStatus[status]) || sentences.other, cause)
}

/** The model has ended without a word: nothing is charged. */
export function noOutput(cause?: unknown): AppError {
  return failed('The model gave no output.', cause)
}

/** The model's own filter has held back what it would have said. */
export function filtered(cause?: unknown): AppError {
  return failed("The model's content filter stopped the answer.", cause)
}

function timedOut(cause: unknown): AppError {
  return new AppError('provider_timeout', 'The model took too long to answer.', { cause })
}

function failed(sentence: string, cause: unknown): AppError {
  return new AppError('provider_failed', sentence, { cause })
}

const sentences = {
  cut: 'The model broke off in the middle of its answer.',
  other: 'The model could not answer. Try again in a moment.',
}

const byStatus: Record<number, string> = {
  401: 'The model provider refused the key of this site. Its operator has to look at it.',
  403: 'The model provider refused the key of this site. Its operator has to look at it.',
  404: 'The model provider does not know the model of this site. Its operator has to look at it.',
  413: 'The text is too long for the model.',
  429: 'The model provider is overloaded. Try again in a moment.',
}

/** Our own limits end in a TimeoutError; undici's, which are longer, in errors with a code. */
function isTimeout(error: unknown): boolean {
  for (let at = error, depth = 0; at instanceof Error && depth < 5; at = at.cause, depth++) {
    if (at.name === 'TimeoutError') return true
    if ('code' in at && typeof at.code === 'string' && timeoutCodes.has(at.code)) return true
  }
  return false
}

const timeoutCodes = new Set([
  'ETIMEDOUT',
  'UND_ERR_CONNECT_TIMEOUT',
  'UND_ERR_HEADERS_TIMEOUT',
  'UND_ERR_BODY_TIMEOUT',
])
