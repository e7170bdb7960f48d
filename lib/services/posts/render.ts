import { type Rendered, renderArticle } from '@/lib/markdown'
import { picturesIn } from '@/lib/services/uploads/shown'

/**
 * The text of a post as its public page shows it, also before it is published. What came of a text stays the same: the
 * size of an upload never changes.
 */
export async function renderPost(markdown: string): Promise<Rendered> {
  return renderArticle(markdown, await picturesIn(markdown))
}
