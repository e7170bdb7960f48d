import { pipeline } from '@/lib/http/route'
import { markdownInput } from '@/lib/schemas/posts'
import { renderPost } from '@/lib/services/posts'

/** A text that is being written, as its public page will show it. Nothing is stored. */
export const POST = pipeline(
  { access: 'required', scope: 'posts:write', body: markdownInput },
  async ({ body }) =>
    Response.json(
      { html: (await renderPost(body.content)).html },
      { headers: { 'Cache-Control': 'no-store' } },
    ),
)
