import { Empty } from '@/components/ui/empty'
import { Table } from '@/components/ui/table'
import { Time } from '@/components/ui/time'
import type { OperatorAction } from '@/lib/services/operators/actions'

export function ActionTable({ actions }: { actions: OperatorAction[] }) {
  if (actions.length === 0) return <Empty title="Nothing has been changed yet" />
  return (
    <Table caption="Latest changes">
      <thead>
        <tr>
          <th scope="col">Of</th>
          <th scope="col">What</th>
          <th scope="col">By</th>
          <th scope="col">When</th>
        </tr>
      </thead>
      <tbody>
        {actions.map(({ id, subject, changes, operator, createdAt }) => (
          <tr key={id}>
            <td className="max-w-64 break-words">{subject}</td>
            <td className="min-w-52">
              {changes.map(({ name, from, to }) => (
                <span key={name} className="block">
                  {name === 'reason' ? `“${to}”` : `${name}: ${from} → ${to}`}
                </span>
              ))}
            </td>
            <td className="max-w-64 break-words">{operator}</td>
            <td className="whitespace-nowrap text-soft">
              <Time value={createdAt} />
            </td>
          </tr>
        ))}
      </tbody>
    </Table>
  )
}
