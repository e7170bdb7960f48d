import type { Metadata } from 'next'
import { Empty } from '@/components/ui/empty'
import { Pager } from '@/components/ui/pager'
import { notFound } from '@/lib/errors'
import { orNotFound } from '@/lib/http/or-not-found'
import { postListQuery } from '@/lib/schemas/posts'
import { listPosts } from '@/lib/services/posts'
import { POSTS_A_PAGE } from '../list-page'
import { PostSearch } from '../post-search'
import { PostTeasers } from '../post-teasers'

/** Where the proxy leads whoever searches at /posts. There is no end of searches, so that robots are kept out. */
export const metadata: Metadata = { title: 'Search', robots: { index: false } }

type Props = PageProps<'/posts/search'>

export default async function SearchPage({ searchParams }: Props) {
  const { q, page, posts, nextCursor } = await orNotFound(foundPage(searchParams))
  const link = (number: number) => `/posts?${new URLSearchParams({ q, page: String(number) })}`
  return (
    <div className="mx-auto max-w-measure">
      <h1 className="rule-double mb-8 pb-4 text-4xl">Posts</h1>
      <PostSearch q={q} />
      {posts.length === 0 && <Empty title="Nothing was found">Try other words, or fewer.</Empty>}
      <PostTeasers posts={posts} />
      <Pager newer={page > 1 ? link(page - 1) : null} older={nextCursor ? link(page + 1) : null} />
    </div>
  )
}

async function foundPage(searchParams: Props['searchParams']) {
  const { q, page } = await searchParams
  const query = postListQuery.safeParse({ q, page, limit: POSTS_A_PAGE }).data
  if (!query) throw notFound('page')
  const list = await listPosts(null, query)
  if (list.posts.length === 0 && query.page > 1) throw notFound('page')
  return { q: query.q, page: query.page, ...list }
}
