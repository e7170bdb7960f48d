import { plainExcerpt } from '@/lib/markdown'
import type { PublishedPost } from '@/lib/services/posts/read'
import { cardAddress } from '@/lib/syndication/card'

/** A post in the words of schema.org (BlogPosting), for search engines. @param origin where this site is. */
export async function articleOf(post: PublishedPost, origin: string): Promise<object> {
  const { title, excerpt, content, slug, author, cover, tags, publishedAt, updatedAt } = post
  return {
    '@context': 'https://schema.org',
    '@type': 'BlogPosting',
    headline: title,
    description: excerpt || (await plainExcerpt(content)),
    url: `${origin}/posts/${slug}`,
    mainEntityOfPage: `${origin}/posts/${slug}`,
    author: { '@type': 'Person', name: author },
    ...(tags.length > 0 ? { keywords: tags } : {}),
    image: origin + (cover?.url ?? cardAddress(post)),
    ...(publishedAt ? { datePublished: publishedAt } : {}),
    dateModified: updatedAt,
  }
}
