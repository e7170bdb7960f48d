import Link from 'next/link'
import { Table } from '@/components/ui/table'
import { Time } from '@/components/ui/time'
import { toolNames } from '@/lib/schemas/tools'
import type { OpenHold } from '@/lib/services/generations'

/** What running generations hold, each with the way to it. */
export function HoldTable({ holds }: { holds: OpenHold[] }) {
  return (
    <Table caption="Open holds">
      <thead>
        <tr>
          <th scope="col">Generation</th>
          <th scope="col" data-figure>
            Held
          </th>
          <th scope="col">Since</th>
        </tr>
      </thead>
      <tbody>
        {holds.map(({ id, tool, held, createdAt }) => (
          <tr key={id}>
            <td>
              <Link href={`/dashboard/generations/${id}`} className="text-link">
                {toolNames[tool]}
              </Link>
            </td>
            <td data-figure>{held}</td>
            <td className="whitespace-nowrap text-soft">
              <Time value={createdAt} />
            </td>
          </tr>
        ))}
      </tbody>
    </Table>
  )
}
