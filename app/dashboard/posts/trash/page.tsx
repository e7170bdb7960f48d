import type { Metadata } from 'next'
import Link from 'next/link'
import { putBackPost } from '@/actions/posts'
import { Empty } from '@/components/ui/empty'
import { Hidden } from '@/components/ui/field'
import { Form } from '@/components/ui/form'
import { PageHeader } from '@/components/ui/page-header'
import { Pager } from '@/components/ui/pager'
import { SubmitButton } from '@/components/ui/submit'
import { Table } from '@/components/ui/table'
import { Time } from '@/components/ui/time'
import { requireViewer } from '@/lib/auth/session'
import { listTrash, TRASH_DAYS } from '@/lib/services/posts'

export const metadata: Metadata = { title: 'Trash' }

const PAGE = 20

export default async function TrashPage({ searchParams }: PageProps<'/dashboard/posts/trash'>) {
  const viewer = await requireViewer('/dashboard/posts/trash')
  const asked = Number((await searchParams).page)
  const page = Number.isInteger(asked) && asked > 0 && asked < 100_000 ? asked : 1
  const found = await listTrash(viewer, PAGE + 1, (page - 1) * PAGE)
  const posts = found.slice(0, PAGE)
  const pageLink = (number: number) => `/dashboard/posts/trash?page=${number}`
  return (
    <>
      <PageHeader
        title="Trash"
        lede={`Deleted posts can be put back for ${TRASH_DAYS} days. Then they go for ever, with the pictures that nothing else uses.`}
      >
        <Link href="/dashboard/posts" className="text-link">
          Posts
        </Link>
      </PageHeader>
      {posts.length === 0 ? (
        <Empty title="The trash is empty">What you delete is here for {TRASH_DAYS} days.</Empty>
      ) : (
        <Table caption="Deleted posts">
          <thead>
            <tr>
              <th scope="col">Title</th>
              <th scope="col" className="max-sm:hidden">
                Deleted
              </th>
              <th scope="col">Goes for ever</th>
              <th scope="col">
                <span className="sr-only">Put back</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {posts.map(({ id, title, deletedAt, purgedAt }) => (
              <tr key={id}>
                <td id={`post-${id}`} className="font-serif text-lg">
                  {title}
                </td>
                <td className="whitespace-nowrap text-soft max-sm:hidden">
                  <Time value={deletedAt} />
                </td>
                <td className="text-soft">
                  <Time value={purgedAt} show="date" />
                </td>
                <td className="text-right">
                  <Form action={putBackPost}>
                    <Hidden name="id" value={id} />
                    <SubmitButton variant="secondary" size="sm" aria-describedby={`post-${id}`}>
                      Restore
                    </SubmitButton>
                  </Form>
                </td>
              </tr>
            ))}
          </tbody>
        </Table>
      )}
      <Pager
        newer={page > 1 ? pageLink(page - 1) : null}
        older={found.length > PAGE ? pageLink(page + 1) : null}
      />
    </>
  )
}
