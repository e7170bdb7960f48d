import { EnvError, type S3Settings } from '@/lib/env'
import { AppError } from '@/lib/errors'
import { storageUnavailable } from '@/lib/providers/storage/failures'

/** What the service calls a failure: https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html */
function codeOf(error: unknown): string {
  return error instanceof Error ? error.name : ''
}

/** Whether it says that there is no such key, or, in answer to a HEAD, that there may be none. */
export function isMissingKey(error: unknown): boolean {
  return ['NoSuchKey', 'NotFound'].includes(codeOf(error))
}

/**
 * Does what asks the bucket.
 *
 * @throws AppError `unavailable`; its cause is an EnvError where the bucket refuses what the environment says.
 */
export async function orExplained<Value>(settings: S3Settings, ask: () => Promise<Value>): Promise<Value> {
  try {
    return await ask()
  } catch (error) {
    if (error instanceof AppError) throw error
    const wrong = wrongSetting(codeOf(error), settings)
    throw storageUnavailable(wrong ? new EnvError(wrong, { cause: error }) : error)
  }
}

/** Which variable is wrong, and how, or null where that is not what the failure means. */
function wrongSetting(code: string, { endpoint, region, bucket }: S3Settings): string | null {
  switch (code) {
    case 'NoSuchBucket':
      return `S3_BUCKET: there is no bucket “${bucket}” at ${endpoint}; create it first`
    case 'InvalidAccessKeyId':
      return `S3_ACCESS_KEY_ID: ${endpoint} does not know this key`
    case 'SignatureDoesNotMatch':
      return `S3_SECRET_ACCESS_KEY: ${endpoint} refuses it for this S3_ACCESS_KEY_ID`
    case 'AccessDenied':
      return `S3_ACCESS_KEY_ID: this key may not list, read, write and delete in the bucket “${bucket}”`
    case 'AuthorizationHeaderMalformed':
    case 'PermanentRedirect':
      return `S3_REGION: the bucket “${bucket}” is not in ${region}, going by ${endpoint}`
    default:
      return null
  }
}
