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
          <th scope="col">Last saved</th>
        </tr>
      </thead>
      <tbody>
        {posts.map((post) => (
          <tr key={post.id}>
            <td>
              <Link href={`/dashboard/posts/${post.id}`} className="text-link font-serif text-lg">
                {post.title}
              </Link>
            </td>
            <td>
              <Badge status={post.status} />
            </td>
            <td className="whitespace-nowrap text-soft">
              <Time value={post.updatedAt} />
            </td>
          </tr>
        ))}
      </tbody>
    </Table>
  )
}
