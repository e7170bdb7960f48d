import type { NextRequest } from 'next/server'
import type { Consumed } from '@/lib/services/rate-limits'
import type { SentFile } from '@/lib/services/uploads'
import type { Viewer } from '@/lib/services/viewer'

/** One API call on its way through the policy pipeline; each step fills in what it is there for. */
export type Call = {
  request: NextRequest
  params: Record<string, string>
  requestId: string
  viewer: Viewer | null
  /** What finding the viewer has counted already. */
  consumed: Consumed | null
  /** The media type of the answer, of those that the call has; null where its answer has no body. */
  type: string | null
  query: unknown
  body: unknown
  /** The one file of a multipart body. */
  file: SentFile | null
  /** The texts beside it. */
  fields: unknown
  /** The caller's `Idempotency-Key`. */
  attemptKey: string | null
  /** Headers that the answer will carry, whichever it is. */
  headers: Headers
}

export type Handler = (call: Call) => Promise<Response>
