import type { Metadata } from 'next'
import Link from 'next/link'
import { Empty } from '@/components/ui/empty'
import { Pager } from '@/components/ui/pager'
import { Time } from '@/components/ui/time'
import { notFound } from '@/lib/errors'
import { orNotFound } from '@/lib/http/or-not-found'
import { plainExcerpt } from '@/lib/markdown'
import { postListQuery } from '@/lib/schemas/posts'
import { listPosts } from '@/lib/services/posts'

export const metadata: Metadata = { title: 'Posts' }

/** Made at the first visit of each state of the list, to which the proxy leads. */
export const dynamic = 'force-static'
export const revalidate = false
export const generateStaticParams = () => []

export default async function PostListPage({ params }: PageProps<'/posts/page/[page]/at/[stamp]'>) {
  const { page, posts, nextCursor } = await orNotFound(publishedPage((await params).page))
  return (
    <div className="mx-auto max-w-measure">
      <h1 className="rule-double mb-8 pb-4 text-4xl">Posts</h1>
      {posts.length === 0 && <Empty title="Nothing is published yet">Come back soon.</Empty>}
      {
        await Promise.all(
          posts.map(async (post) => (
            <article key={post.id} className="mb-10">
              <h2 className="text-2xl">
                <Link
                  href={`/posts/${post.slug}`}
                  className="text-ink no-underline hover:text-accent hover:underline"
                >
                  {post.title}
                </Link>
              </h2>
              <p className="mt-1 text-sm text-soft">
                {post.publishedAt && <Time value={post.publishedAt} show="date" />}
              </p>
              <p className="mt-2 font-serif text-lg">{post.excerpt || (await plainExcerpt(post.content))}</p>
            </article>
          )),
        )
      }
      <Pager newer={newer(page)} older={nextCursor ? `/posts/page/${page + 1}` : null} />
    </div>
  )
}

async function publishedPage(asked: string) {
  const query = postListQuery.safeParse({ page: asked, limit: 10 }).data
  if (!query) throw notFound('page')
  const list = await listPosts(null, query)
  if (list.posts.length === 0 && query.page > 1) throw notFound('page')
  return { page: query.page, ...list }
}

function newer(page: number): string | null {
  if (page === 1) return null
  return page === 2 ? '/posts' : `/posts/page/${page - 1}`
}
