import type { Metadata } from 'next'
import { PostEditor } from '@/components/post-editor'
import { PageHeader } from '@/components/ui/page-header'
import { requireViewer } from '@/lib/auth/session'
import { newId } from '@/lib/ids'

export const metadata: Metadata = { title: 'New post' }

export default async function NewPostPage() {
  await requireViewer('/dashboard/posts/new')
  return (
    <>
      <PageHeader title="New post" />
      <PostEditor post={null} attempt={newId()} />
    </>
  )
}
