import { toResponse } from '@/lib/http/answer'
import { pipeline } from '@/lib/http/route'
import { keptDraft } from '@/lib/schemas/drafts'
import { keepDraft } from '@/lib/services/posts'

/**
 * Where the editor keeps what is typed, as it is typed. No action: Next.js runs those one after another, and holds up the
 * way to another page meanwhile.
 */
export const POST = pipeline(
  { access: 'required', scope: 'posts:write', body: keptDraft },
  async ({ viewer, body }) => toResponse({ status: 200, json: await keepDraft(viewer, body) }),
)
