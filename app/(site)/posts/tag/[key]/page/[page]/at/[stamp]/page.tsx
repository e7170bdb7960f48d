import type { Metadata } from 'next'
import { cache } from 'react'
import { Pager } from '@/components/ui/pager'
import { env } from '@/lib/env'
import { orNotFound } from '@/lib/http/or-not-found'
import { listTagged } from '@/lib/services/posts'
import { addressOfPage, POSTS_A_PAGE, pageNumber } from '../../../../../../list-page'
import { PostTeasers } from '../../../../../../post-teasers'

type Props = PageProps<'/posts/tag/[key]/page/[page]/at/[stamp]'>

/** Made at the first visit of each state of the public list, to which the proxy leads. */
export const dynamic = 'force-static'
export const revalidate = false
export const generateStaticParams = () => []

const tagged = cache(async (key: string, asked: string) => {
  const page = pageNumber(asked)
  return { page, ...(await listTagged(decodeURIComponent(key), page, POSTS_A_PAGE)) }
})

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { key, page: asked } = await params
  const { tag, page } = await orNotFound(tagged(key, asked))
  return {
    metadataBase: new URL(env().APP_URL),
    title: page === 1 ? tag : `${tag}, page ${page}`,
    description: `What is published about ${tag}, newest first.`,
    alternates: { canonical: addressOfPage(`/posts/tag/${key}`, page) },
  }
}

export default async function TagPage({ params }: Props) {
  const { key, page: asked } = await params
  const { tag, posts, more, page } = await orNotFound(tagged(key, asked))
  const list = `/posts/tag/${key}`
  return (
    <div className="mx-auto max-w-measure">
      <p className="mb-1 text-soft">
        <a href="/posts" className="text-link">
          Posts
        </a>{' '}
        tagged
      </p>
      <h1 className="rule-double mb-8 pb-4 text-4xl">{tag}</h1>
      <PostTeasers posts={posts} />
      <Pager
        newer={page > 1 ? addressOfPage(list, page - 1) : null}
        older={more ? addressOfPage(list, page + 1) : null}
      />
    </div>
  )
}
