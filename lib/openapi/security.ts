import type { oas31 } from 'zod-openapi'
import type { Operation } from '@/lib/openapi/operation'
import { SCOPES, type Scope } from '@/lib/schemas/api-keys'

/** What a key with a scope may do. */
export const SCOPE_MEANINGS: Record<Scope, string> = {
  'posts:read': 'List and read your posts, drafts too.',
  'posts:write': 'Create, change and delete posts.',
  'uploads:read': 'List and read your uploads.',
  'uploads:write': 'Upload and delete pictures.',
  generate: 'Let the model write, and so spend credits; read and stop what it writes.',
  'usage:read': 'Read the balance, the limits and the ledger.',
}

export const securitySchemes: Record<string, oas31.SecuritySchemeObject> = {
  apiKey: {
    type: 'http',
    scheme: 'bearer',
    bearerFormat: 'ink_…',
    description: `An API key, made under Settings → API keys. It may do what its scopes say:\n\n${SCOPES.map(
      (scope) => `- \`${scope}\`: ${SCOPE_MEANINGS[scope]}`,
    ).join('\n')}`,
  },
  session: {
    type: 'apiKey',
    in: 'cookie',
    name: 'inkwell_session',
    description:
      'The dashboard’s own cookie: all that its user may do. What changes something must come from this site’s pages.',
  },
}

/** Who may make a call: with a key of this scope, with the dashboard’s cookie, or, where that is so, anybody. */
export function securityOf({ access, scope }: Operation): oas31.SecurityRequirementObject[] {
  if (access === 'public') return []
  const known = [{ apiKey: scope ? [scope] : [] }, { session: [] }]
  return access === 'optional' ? [...known, {}] : known
}
