import { existsSync, writeFileSync } from 'node:fs'
import { openApiDocument } from '@/lib/openapi/document'
import { incompatibilities } from './compatibility'
import { KEPT, keptDocument, written } from './kept'

/** Keeps the document as it is now, unless that would break clients of the one kept before. */
const breaks = existsSync(KEPT) ? incompatibilities(keptDocument(), openApiDocument()) : []
if (breaks.length > 0) {
  console.error(`This would break clients of version 1:\n${breaks.map((one) => `- ${one}`).join('\n')}`)
  console.error('Nothing was written. The policy is in docs/api.md, under “Versions”.')
  process.exit(1)
}
writeFileSync(KEPT, written())
console.log(`Kept in ${KEPT}.`)
