import Link from 'next/link'
import { Badge } from '@/components/ui/badge'
import { Table } from '@/components/ui/table'
import { Time } from '@/components/ui/time'
import type { PostView } from '@/lib/schemas/posts'

export function PostTable({ posts }: { posts: PostView[] }) {
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
        {posts.map((post) => (
          <tr key={post.id}>
            <td>
              <Link href={`/dashboard/posts/${post.id}`} className="text-link font-serif text-lg">
                {post.title}
              </Link>
              <span className="block text-sm text-soft sm:hidden">
                <Time value={post.updatedAt} show="date" />
              </span>
            </td>
            <td>
              <Badge status={post.status} />
            </td>
            <td className="whitespace-nowrap text-soft max-sm:hidden">
              <Time value={post.updatedAt} />
            </td>
          </tr>
        ))}
      </tbody>
    </Table>
  )
}
