import type { Metadata } from 'next'
import { Empty } from '@/components/ui/empty'
import { Pager } from '@/components/ui/pager'
import { env } from '@/lib/env'
import { notFound } from '@/lib/errors'
import { orNotFound } from '@/lib/http/or-not-found'
import { postListQuery } from '@/lib/schemas/posts'
import { listPosts } from '@/lib/services/posts'
import { addressOfPage, POSTS_A_PAGE, pageNumber } from '../../../../list-page'
import { PostSearch } from '../../../../post-search'
import { PostTeasers } from '../../../../post-teasers'

type Props = PageProps<'/posts/page/[page]/at/[stamp]'>

/** Made at the first visit of each state of the list, to which the proxy leads. */
export const dynamic = 'force-static'
export const revalidate = false
export const generateStaticParams = () => []

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const page = await orNotFound(numberOf(params))
  return {
    metadataBase: new URL(env().APP_URL),
    title: page === 1 ? 'Posts' : `Posts, page ${page}`,
    description: 'What is published here, newest first.',
    alternates: { canonical: addressOfPage('/posts', page) },
  }
}

export default async function PostListPage({ params }: Props) {
  const { page, posts, nextCursor } = await orNotFound(publishedPage(params))
  return (
    <div className="mx-auto max-w-measure">
      <h1 className="rule-double mb-8 pb-4 text-4xl">Posts</h1>
      {posts.length === 0 ? <Empty title="Nothing is published yet">Come back soon.</Empty> : <PostSearch />}
      <PostTeasers posts={posts} />
      <Pager
        newer={page > 1 ? addressOfPage('/posts', page - 1) : null}
        older={nextCursor ? addressOfPage('/posts', page + 1) : null}
      />
    </div>
  )
}

async function publishedPage(params: Props['params']) {
  const page = await numberOf(params)
  const list = await listPosts(null, postListQuery.parse({ page, limit: POSTS_A_PAGE }))
  if (list.posts.length === 0 && page > 1) throw notFound('page')
  return { page, ...list }
}

async function numberOf(params: Props['params']): Promise<number> {
  return pageNumber((await params).page)
}
