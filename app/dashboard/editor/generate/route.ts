import { pipeline } from '@/lib/http/route'
import { newId } from '@/lib/ids'
import { editorRequest } from '@/lib/schemas/generations'
import { generateForEditor } from '@/lib/services/generations/for-editor'

/**
 * What the editor's buttons ask for where there is JavaScript. A route and not an action: an action's answer renders
 * the page anew, and the form would learn of a version that its writer has not seen.
 *
 * `attempt` is for what is asked for next. Whoever does not get it sends this one again, and is not charged twice.
 */
export const POST = pipeline(
  { access: 'required', scope: 'generate', body: editorRequest },
  async ({ viewer, body }) =>
    Response.json(
      { id: await generateForEditor(viewer, body), attempt: newId() },
      { headers: { 'Cache-Control': 'no-store' } },
    ),
)
