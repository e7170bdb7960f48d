import type { Metadata } from 'next'
import { NewDrafts } from '@/components/drafts/new-drafts'
import { UnsavedNotice } from '@/components/drafts/unsaved-notice'
import { PostEditor } from '@/components/post-editor'
import { Notice } from '@/components/ui/notice'
import { PageHeader } from '@/components/ui/page-header'
import { requireViewer } from '@/lib/auth/session'
import { newId } from '@/lib/ids'
import { findDraft, newDrafts } from '@/lib/services/posts'
import { editorMaterial } from '../editor-material'

export const metadata: Metadata = { title: 'New post' }

/** With `?draft=`, what was typed at a new post before and not saved. */
export default async function NewPostPage({ searchParams }: PageProps<'/dashboard/posts/new'>) {
  const viewer = await requireViewer('/dashboard/posts/new')
  const { draft: asked, gone } = await searchParams
  const found = typeof asked === 'string' ? await findDraft(viewer, asked) : null
  const draft = found?.postId === null ? found : null
  return (
    <>
      <PageHeader title="New post" />
      {gone !== undefined && (
        <Notice role="alert" tone="danger" className="mb-6 max-w-3xl">
          The post that you were writing at was deleted meanwhile. What you typed is here: save it as a new
          post, or put the old one back from the{' '}
          <a href="/dashboard/posts/trash" className="underline">
            trash
          </a>
          .
        </Notice>
      )}
      {draft ? <UnsavedNotice draft={draft} /> : <NewDrafts drafts={await newDrafts(viewer)} />}
      <PostEditor
        viewer={viewer}
        post={null}
        {...(await editorMaterial(viewer, null))}
        attempt={newId()}
        draft={draft}
      />
    </>
  )
}
