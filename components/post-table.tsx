import Link from 'next/link'
import { ScheduledFor } from '@/components/scheduled-for'
import { Badge } from '@/components/ui/badge'
import { Table } from '@/components/ui/table'
import { Time } from '@/components/ui/time'
import type { PostView } from '@/lib/schemas/posts'
import type { Schedule } from '@/lib/services/posts'

type PostTableProps = {
  posts: PostView[]
  /** When those that are scheduled are to be published, by their ids. */
  scheduled: ReadonlyMap<string, Schedule>
}

export function PostTable({ posts, scheduled }: PostTableProps) {
  return (
    <Table caption="Posts">
      <thead>
        <tr>
          <th scope="col">Title</th>
          <th scope="col">Status</th>
          <th scope="col" className="max-sm:hidden">
            Last saved
          </th>
        </tr>
      </thead>
      <tbody>
        {posts.map((post) => {
          const schedule = scheduled.get(post.id)
          return (
            <tr key={post.id}>
              <td>
                <Link href={`/dashboard/posts/${post.id}`} className="text-link font-serif text-lg">
                  {post.title}
                </Link>
                <span className="block text-sm text-soft sm:hidden">
                  <Time value={post.updatedAt} show="date" />
                </span>
                {schedule && (
                  <span className="block text-sm text-soft">
                    <ScheduledFor {...schedule} />
                  </span>
                )}
              </td>
              <td>
                <Badge status={post.status} />
              </td>
              <td className="whitespace-nowrap text-soft max-sm:hidden">
                <Time value={post.updatedAt} />
              </td>
            </tr>
          )
        })}
      </tbody>
    </Table>
  )
}
