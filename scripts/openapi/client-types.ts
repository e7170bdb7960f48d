import { mkdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import openapiTS, { astToString } from 'openapi-typescript'
import { openApiDocument } from '@/lib/openapi/document'

/** Where the types of a client are written, from the document as it is; part of `npm run generate`. */
const CLIENT_TYPES = 'lib/generated/api.d.ts'

mkdirSync(path.dirname(CLIENT_TYPES), { recursive: true })
writeFileSync(CLIENT_TYPES, astToString(await openapiTS(JSON.stringify(openApiDocument()))))
