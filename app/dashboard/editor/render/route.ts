import { pipeline } from '@/lib/http/route'
import { renderArticle } from '@/lib/markdown'
import { markdownInput } from '@/lib/schemas/posts'

/** A text that is being written, as its public page will show it. Nothing is stored. */
export const POST = pipeline(
  { access: 'required', scope: 'posts:write', body: markdownInput },
  async ({ body }) =>
    Response.json(
      { html: (await renderArticle(body.content)).html },
      { headers: { 'Cache-Control': 'no-store' } },
    ),
)
