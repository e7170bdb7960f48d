import type { z } from 'zod'
import type { Scope } from '@/lib/schemas/api-keys'

/** What is asked of a caller. Nothing is optional that a reader of the handler would want to know. */
export type Policy = {
  /**
   * `required`: no caller without credentials; `optional`: both; `public`: credentials are not even looked at;
   * `refused`: nothing is done for anybody, and credentials only tell whose limit the call counts against.
   */
  access: 'required' | 'optional' | 'public' | 'refused'
  /** What a key must be allowed to do. The dashboard's session may do all that its user may. */
  scope?: Scope
  query?: z.ZodType
  body?: z.ZodType
  /** The name of the one file that a multipart body must hold, and nothing else. */
  file?: string
  /** The texts that may stand beside the file, as a schema of one object. */
  fields?: z.ZodObject
  /** How many bytes that file may have, where it is not `UPLOAD_MAX_BYTES`. */
  fileMaxBytes?: number
  /** Whether `Idempotency-Key` is honoured. */
  idempotent?: boolean
  /** Said in every answer, if the call is to go. */
  deprecated?: Deprecation
  /** The media types that the answer can have; JSON if not said, none for an answer without a body. */
  produces?: readonly string[]
}

/** What is to go. There must be half a year between the two days: docs/api.md, “Versions”. */
type Deprecation = {
  /** From when on it should not be used any more. */
  since: Date
  /** When it ends. */
  sunset: Date
  /** Where it is told what to do instead. */
  link: string
}
