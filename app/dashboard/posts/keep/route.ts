import { AppError } from '@/lib/errors'
import { toResponse } from '@/lib/http/answer'
import { pipeline } from '@/lib/http/route'
import { keptDraftOf } from '@/lib/schemas/drafts'
import { keepDraft } from '@/lib/services/posts'

/**
 * Where the editor keeps what is typed, as it is typed. No action: Next.js runs those one after another, and holds up the
 * way to another page meanwhile.
 */
export const POST = pipeline(
  { access: 'required', scope: 'posts:write', body: keptDraftOf },
  async ({ viewer, body: { userId, ...draft } }) => {
    // Logged in meanwhile in another tab, they are not to find somebody else's text among their own.
    if (userId !== viewer.userId) throw new AppError('forbidden', 'This was typed by somebody else.')
    return toResponse({ status: 200, json: await keepDraft(viewer, draft) })
  },
)
