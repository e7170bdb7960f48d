import type { Metadata } from 'next'
import Link from 'next/link'
import { removePost } from '@/actions/posts'
import { OfferedDrafts } from '@/components/drafts/offered-drafts'
import { UnsavedNotice } from '@/components/drafts/unsaved-notice'
import { PostEditor } from '@/components/post-editor'
import { ScheduledFor } from '@/components/scheduled-for'
import { Badge } from '@/components/ui/badge'
import { Hidden } from '@/components/ui/field'
import { Form } from '@/components/ui/form'
import { PageHeader } from '@/components/ui/page-header'
import { SubmitButton } from '@/components/ui/submit'
import { Time } from '@/components/ui/time'
import { requireViewer } from '@/lib/auth/session'
import { orNotFound } from '@/lib/http/or-not-found'
import { readDetails, readPost, unsavedDrafts } from '@/lib/services/posts'
import { editorMaterial } from '../editor-material'
import { LeftOutNotice } from './left-out'

export const metadata: Metadata = { title: 'Edit post' }

/**
 * What was typed and not saved is shown before what is saved, unless `?saved=` asks for that. What was typed at a version
 * that is no more the last one is only offered: it would hide what was saved or restored since, as if it were newer.
 */
export default async function EditPostPage({ params, searchParams }: PageProps<'/dashboard/posts/[id]'>) {
  const { id } = await params
  const viewer = await requireViewer(`/dashboard/posts/${id}`)
  const post = await orNotFound(readPost(viewer, id))
  const details = await orNotFound(readDetails(viewer, id))
  const { saved, draft: asked, left } = await searchParams
  const drafts = await unsavedDrafts(viewer, id)
  const ofThisVersion = saved === undefined ? drafts.find(({ base }) => base >= post.version) : undefined
  const draft = drafts.find((one) => one.id === asked) ?? ofThisVersion ?? null
  const material = await editorMaterial(viewer, post.coverUploadId)
  return (
    <>
      <PageHeader
        title="Edit post"
        lede={
          <span role="status" className="flex flex-wrap items-center gap-3">
            <Badge status={post.status} />
            <span>
              Version {post.version}, saved <Time value={post.updatedAt} />
            </span>
            {details.publishAt && (
              <span>
                <ScheduledFor publishAt={details.publishAt} heldBack={details.heldBack} />
              </span>
            )}
          </span>
        }
      >
        <Link href={`/dashboard/posts/${id}/history`} className="text-link">
          History
        </Link>
        {/* Not fetched ahead: the browser would show this version also after the next save. */}
        {post.status === 'published' && (
          <Link href={`/posts/${post.slug}`} prefetch={false} className="text-link">
            View post
          </Link>
        )}
      </PageHeader>
      <LeftOutNotice asked={left} />
      {draft && <UnsavedNotice draft={draft} />}
      <OfferedDrafts drafts={drafts.filter((one) => one !== draft)} />
      <PostEditor
        viewer={viewer}
        post={post}
        details={details}
        {...material}
        draft={draft}
        filling={[saved, asked].filter(Boolean).join()}
      />
      <div className="mt-12 border-t border-line pt-6">
        <Form action={removePost}>
          <Hidden name="id" value={id} />
          <SubmitButton variant="danger" className="self-start">
            Delete
          </SubmitButton>
        </Form>
      </div>
    </>
  )
}
