import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { cache } from 'react'
import { Picture } from '@/components/picture'
import { Placeholder } from '@/components/placeholder'
import { Prose } from '@/components/prose'
import { StructuredData } from '@/components/structured-data'
import { Time } from '@/components/ui/time'
import { env } from '@/lib/env'
import { plainExcerpt } from '@/lib/markdown'
import { COLUMN_SIZES } from '@/lib/schemas/served-widths'
import { findNeighbours, findPublished, renderPost } from '@/lib/services/posts'
import { articleOf } from '@/lib/syndication/article'
import { cardOf } from '@/lib/syndication/card'
import { Contents } from './contents'
import { Neighbours } from './neighbours'
import { Tags } from './tags'

/** Made at the first visit of each version of a post, to which the proxy leads; the minute puts right one that was changed while it was made. */
export const dynamic = 'force-static'
export const revalidate = 60
export const generateStaticParams = () => []

const published = cache(findPublished)

export async function generateMetadata({
  params,
}: PageProps<'/posts/[slug]/at/[version]'>): Promise<Metadata> {
  const post = await published((await params).slug)
  if (!post) return {}
  const { title, author, publishedAt, updatedAt } = post
  const description = post.excerpt || (await plainExcerpt(post.content))
  return {
    metadataBase: new URL(env().APP_URL),
    title,
    description,
    authors: [{ name: author }],
    alternates: { canonical: `/posts/${post.slug}` },
    openGraph: {
      type: 'article',
      url: `/posts/${post.slug}`,
      siteName: 'Inkwell',
      title,
      description,
      authors: [author],
      tags: post.tags,
      modifiedTime: updatedAt,
      ...(publishedAt ? { publishedTime: publishedAt } : {}),
      images: [cardOf(post)],
    },
    twitter: { card: 'summary_large_image' },
  }
}

export default async function PostPage({ params }: PageProps<'/posts/[slug]/at/[version]'>) {
  const post = await published((await params).slug)
  if (!post) notFound()
  const [{ html, headings, minutes }, neighbours] = await Promise.all([
    renderPost(post.content),
    findNeighbours(post.id),
  ])
  return (
    <>
      <StructuredData value={await articleOf(post, env().APP_URL)} />
      <article className="mx-auto max-w-measure">
        <h1 className="text-[clamp(2rem,1.5rem+2.6vw,3.25rem)] leading-tight">{post.title}</h1>
        <p className="rule-double mt-3 mb-8 pb-4 text-soft">
          {post.author}, {post.publishedAt && <Time value={post.publishedAt} show="date" />}
          <span data-screen>{` · ${minutes} ${minutes === 1 ? 'minute' : 'minutes'} to read`}</span>
        </p>
        {post.cover && (
          <div className="relative mb-8 overflow-hidden rounded-control">
            <Placeholder colours={post.cover.placeholder} />
            <Picture
              upload={post.cover}
              alt={post.cover.alt}
              sizes={COLUMN_SIZES}
              loading="eager"
              className="relative max-h-[75vh] w-full object-cover"
            />
          </div>
        )}
        {post.excerpt && <p className="mb-6 font-serif text-xl text-soft">{post.excerpt}</p>}
        <Contents headings={headings} />
        <Prose html={html} />
        <Tags tags={post.tags} keys={post.tagKeys} />
      </article>
      <Neighbours {...neighbours} />
    </>
  )
}
