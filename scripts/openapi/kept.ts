import { readFileSync } from 'node:fs'
import { openApiDocument } from '@/lib/openapi/document'

/** Where the document that clients were last given is kept. */
export const KEPT = 'docs/openapi.v1.json'

export function keptDocument(): object {
  return JSON.parse(readFileSync(KEPT, 'utf8')) as object
}

/** The document as it is now, as it is kept. */
export function written(): string {
  return `${JSON.stringify(openApiDocument(), null, 2)}\n`
}
