import Link from 'next/link'
import { Table } from '@/components/ui/table'
import { Time } from '@/components/ui/time'
import type { UserView } from '@/lib/services/operators/users'

export function UserTable({ users }: { users: UserView[] }) {
  return (
    <Table caption="Users">
      <thead>
        <tr>
          <th scope="col">Address</th>
          <th scope="col">Name</th>
          <th scope="col">Tier</th>
          <th scope="col" data-figure>
            Credits
          </th>
          <th scope="col">Joined</th>
        </tr>
      </thead>
      <tbody>
        {users.map((user) => (
          <tr key={user.id}>
            <td className="max-w-72 break-words">
              <Link href={`/admin/users/${user.id}`} prefetch={false} className="text-link">
                {user.email}
              </Link>
            </td>
            <td className="max-w-48 min-w-24 break-words">
              {user.name}
              {user.role === 'operator' && <span className="block text-sm text-soft">Operator</span>}
            </td>
            <td>{user.tier}</td>
            <td data-figure>{user.credits}</td>
            <td className="whitespace-nowrap text-soft">
              <Time value={user.createdAt} show="date" />
            </td>
          </tr>
        ))}
      </tbody>
    </Table>
  )
}
