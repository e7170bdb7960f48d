import type { Metadata } from 'next'
import { addUpload } from '@/actions/uploads'
import { Empty } from '@/components/ui/empty'
import { Field, Hidden } from '@/components/ui/field'
import { FileField } from '@/components/ui/file-field'
import { Form } from '@/components/ui/form'
import { Notice } from '@/components/ui/notice'
import { PageHeader } from '@/components/ui/page-header'
import { Pager } from '@/components/ui/pager'
import { SubmitButton } from '@/components/ui/submit'
import { UploadGrid } from '@/components/upload-grid'
import { UploadRoom } from '@/components/upload-room'
import { requireViewer } from '@/lib/auth/session'
import { fileTooLarge, formatBytes } from '@/lib/bytes'
import { env } from '@/lib/env'
import { type FormState, idle } from '@/lib/http/form-state'
import { newId } from '@/lib/ids'
import { upload, uploadListQuery } from '@/lib/schemas/uploads'
import { listCovered } from '@/lib/services/posts'
import { listPictures, uploadRoom } from '@/lib/services/uploads'

export const metadata: Metadata = { title: 'Uploads' }

export default async function UploadsPage({ searchParams }: PageProps<'/dashboard/uploads'>) {
  const viewer = await requireViewer('/dashboard/uploads')
  const { page: asked, deleted, refused, alt } = await searchParams
  // An address that was tampered with shows the list from its beginning rather than an error.
  const query = uploadListQuery.catch(uploadListQuery.parse({})).parse({ page: asked })
  const { pictures, nextCursor } = await listPictures(viewer, { ...query, limit: 24 })
  const posts = await listCovered(
    viewer,
    pictures.map(({ id }) => id),
  )
  const max = env().UPLOAD_MAX_BYTES
  return (
    <>
      <PageHeader
        title="Uploads"
        lede="Pictures for your posts. What they tell of the place and the camera is removed; who has the address of one can see it."
      />
      {deleted === 'yes' && (
        <Notice role="status" className="mb-6">
          The picture is deleted.
        </Notice>
      )}
      <UploadRoom room={await uploadRoom(viewer)} />
      <Form
        action={addUpload}
        initial={refused === 'too_large' ? tooLarge(max, [alt].flat()[0] ?? '') : idle}
        clearOnOk
        className="mb-10 max-w-measure"
      >
        <Hidden name="attempt" value={newId()} />
        {/* Before the file: what comes after one that is too large is not read. */}
        <Field
          name="alt"
          label="Alt text"
          hint="What the picture shows, for those who don’t see it. It can be said later, and must be before it is the cover of a public post."
        />
        <FileField
          name="file"
          label="File"
          hint={`PNG, JPEG, WebP, AVIF or GIF, at most ${formatBytes(max)} and 50 megapixels.`}
          accept={upload.shape.mime.options.join(',')}
          maxBytes={max}
        />
        <SubmitButton className="self-start">Upload</SubmitButton>
      </Form>
      {pictures.length > 0 ? (
        <UploadGrid uploads={pictures} posts={posts} page={query.page} />
      ) : query.page > 1 ? (
        <Empty title="No more pictures">The newer ones are on the pages before this.</Empty>
      ) : (
        <Empty title="No pictures yet">What you upload can be the cover of a post.</Empty>
      )}
      <Pager
        newer={query.page > 1 ? `/dashboard/uploads?page=${query.page - 1}` : null}
        older={nextCursor ? `/dashboard/uploads?page=${query.page + 1}` : null}
      />
    </>
  )
}

/** What became of a form whose file was too large to be read: proxy.ts has sent its sender back here. */
function tooLarge(max: number, alt: string): FormState {
  const detail = fileTooLarge(max)
  return { ...idle, status: 'error', values: { alt }, errors: { file: detail }, message: detail }
}
