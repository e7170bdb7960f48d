import Link from 'next/link'
import { removeUpload, saveAlt } from '@/actions/uploads'
import { Picture } from '@/components/picture'
import { Field, Hidden } from '@/components/ui/field'
import { Form } from '@/components/ui/form'
import { SubmitButton } from '@/components/ui/submit'
import { Time } from '@/components/ui/time'
import { formatBytes } from '@/lib/bytes'
import type { CoveredPost } from '@/lib/services/posts'
import type { PictureView } from '@/lib/services/uploads'

type GridProps = {
  uploads: readonly PictureView[]
  /** The posts whose covers they are. */
  posts: readonly CoveredPost[]
  /** The page of the list, to come back to. */
  page: number
}

export function UploadGrid({ uploads, posts, page }: GridProps) {
  return (
    <ul className="grid grid-cols-2 gap-x-5 gap-y-8 sm:grid-cols-3 xl:grid-cols-4">
      {uploads.map((upload) => (
        <li key={upload.id} className="flex min-w-0 flex-col">
          <Upload
            upload={upload}
            posts={posts.filter(({ coverUploadId }) => coverUploadId === upload.id)}
            page={page}
          />
        </li>
      ))}
    </ul>
  )
}

function Upload({
  upload,
  posts,
  page,
}: {
  upload: PictureView
  posts: readonly CoveredPost[]
  page: number
}) {
  const { id, filename, url, width, height, bytes, alt, createdAt } = upload
  return (
    <>
      <a href={url} className="block border border-line bg-leaf p-2 hover:border-accent">
        <Picture
          upload={upload}
          alt={alt || filename}
          sizes="(min-width: 80rem) 15rem, (min-width: 40rem) 30vw, 45vw"
          className="aspect-4/3 w-full object-scale-down"
        />
      </a>
      <p id={`upload-${id}`} title={filename} className="mt-2 line-clamp-2 font-medium break-words">
        {filename}
      </p>
      <p className="text-sm text-soft">
        {width} × {height}, {formatBytes(bytes)}
      </p>
      <p className="text-sm text-soft">
        <Time value={createdAt} show="date" />
      </p>
      {posts.map((post) => (
        <p key={post.id} className="line-clamp-2 text-sm text-soft">
          Cover of{' '}
          <Link href={`/dashboard/posts/${post.id}`} className="text-link">
            {post.title}
          </Link>
        </p>
      ))}
      <Form action={saveAlt} className="mt-2 gap-2!">
        <Hidden name="id" value={id} />
        <Field name="alt" label="Alt text" defaultValue={alt} />
        <SubmitButton variant="secondary" size="sm" aria-describedby={`upload-${id}`} className="self-start">
          Save
        </SubmitButton>
      </Form>
      <Form action={removeUpload} className="mt-1">
        <Hidden name="id" value={id} />
        <Hidden name="page" value={String(page)} />
        <SubmitButton
          variant="quiet"
          size="sm"
          aria-describedby={`upload-${id}`}
          className="-ml-3 self-start text-danger"
        >
          Delete
        </SubmitButton>
      </Form>
    </>
  )
}
