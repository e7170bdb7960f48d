import type { Metadata } from 'next'
import Link from 'next/link'
import { putBackPost } from '@/actions/posts'
import { PostTable } from '@/components/post-table'
import { ButtonLink } from '@/components/ui/button'
import { Empty } from '@/components/ui/empty'
import { Hidden } from '@/components/ui/field'
import { Form } from '@/components/ui/form'
import { Notice } from '@/components/ui/notice'
import { PageHeader } from '@/components/ui/page-header'
import { Pager } from '@/components/ui/pager'
import { SubmitButton } from '@/components/ui/submit'
import { requireViewer } from '@/lib/auth/session'
import { postListQuery } from '@/lib/schemas/posts'
import { listPosts, scheduledTimes } from '@/lib/services/posts'
import { PostFilter } from './post-filter'

export const metadata: Metadata = { title: 'Posts' }

export default async function PostsPage({ searchParams }: PageProps<'/dashboard/posts'>) {
  const viewer = await requireViewer('/dashboard/posts')
  const { deleted, q, status, page } = await searchParams
  // An address that was tampered with shows the list from its beginning rather than an error.
  const query =
    postListQuery.safeParse({ q, status, page, limit: 20 }).data ?? postListQuery.parse({ limit: 20 })
  const { posts, nextCursor } = await listPosts(viewer, query)
  const scheduled = await scheduledTimes(viewer, posts)
  const filtered = query.q !== '' || query.status !== 'all'
  const pageLink = (page: number) =>
    `/dashboard/posts?${new URLSearchParams({ q: query.q, status: query.status, page: String(page) })}`
  return (
    <>
      <PageHeader title="Posts">
        <Link href="/dashboard/posts/trash" className="text-link">
          Trash
        </Link>
        <Link href="/dashboard/transfer" className="text-link">
          Import and export
        </Link>
        <ButtonLink href="/dashboard/posts/new">New post</ButtonLink>
      </PageHeader>
      {typeof deleted === 'string' && (
        <Notice role="status" className="mb-6 flex flex-wrap items-center justify-between gap-3">
          The post is in the trash.
          <Form action={putBackPost}>
            <Hidden name="id" value={deleted} />
            <SubmitButton variant="secondary" size="sm">
              Put it back
            </SubmitButton>
          </Form>
        </Notice>
      )}
      <PostFilter q={query.q} status={query.status} />
      {posts.length > 0 ? (
        <PostTable posts={posts} scheduled={scheduled} />
      ) : filtered ? (
        <Empty title="No post matches">Try fewer words, or another status.</Empty>
      ) : (
        <Empty
          title="Nothing written yet"
          action={<ButtonLink href="/dashboard/posts/new">Write the first</ButtonLink>}
        >
          Posts are drafts until you publish them.
        </Empty>
      )}
      <Pager
        newer={query.page > 1 ? pageLink(query.page - 1) : null}
        older={nextCursor ? pageLink(query.page + 1) : null}
      />
    </>
  )
}
