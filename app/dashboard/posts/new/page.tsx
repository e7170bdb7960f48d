import type { Metadata } from 'next'
import { PostEditor } from '@/components/post-editor'
import { PageHeader } from '@/components/ui/page-header'
import { requireViewer } from '@/lib/auth/session'
import { newId } from '@/lib/ids'
import { listCoverChoices } from '@/lib/services/uploads'

export const metadata: Metadata = { title: 'New post' }

export default async function NewPostPage() {
  const viewer = await requireViewer('/dashboard/posts/new')
  return (
    <>
      <PageHeader title="New post" />
      <PostEditor post={null} covers={await listCoverChoices(viewer, null)} attempt={newId()} />
    </>
  )
}
