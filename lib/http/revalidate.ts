import { revalidatePath } from 'next/cache'
import type { PostView } from '@/lib/schemas/posts'

/** Makes the public pages that show this post, or no longer do, be rendered anew at their next visit. */
export function revalidatePublic(post: Pick<PostView, 'slug' | 'publishedAt'>): void {
  // What has never been public is on no public page.
  if (post.publishedAt === null) return
  revalidatePath(`/posts/${post.slug}`)
  // The file's own path, route group and all: by the address it would find nothing to revalidate.
  revalidatePath('/(site)/posts/page/[page]', 'page')
}
