import type { Scope } from '@/lib/schemas/api-keys'
import type { Tier } from '@/lib/schemas/tools'

/** Who is asking, for every service. How they proved it is the doors' business (lib/auth). */
export type Viewer = {
  userId: string
  email: string
  name: string
  role: 'writer' | 'operator'
  tier: Tier
  credential:
    | { kind: 'session'; sessionId: string }
    | {
        kind: 'key'
        keyId: string
        scopes: readonly Scope[]
        /** Whether what it spends is limited beyond its owner's balance. */
        hasBudget: boolean
      }
}
