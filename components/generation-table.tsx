import Link from 'next/link'
import { Badge } from '@/components/ui/badge'
import { Table } from '@/components/ui/table'
import { Time } from '@/components/ui/time'
import { toolNames } from '@/lib/schemas/tools'
import type { GenerationSummary } from '@/lib/services/generations'

export function GenerationTable({ generations }: { generations: GenerationSummary[] }) {
  return (
    <Table caption="Generations">
      <thead>
        <tr>
          <th scope="col">What for</th>
          <th scope="col">Status</th>
          <th scope="col" data-figure>
            Credits
          </th>
          <th scope="col" className="max-sm:hidden">
            Started
          </th>
        </tr>
      </thead>
      <tbody>
        {generations.map(({ id, tool, prompt, status, held, charged, createdAt }) => (
          <tr key={id}>
            <td>
              <Link href={`/dashboard/generations/${id}`} className="text-link line-clamp-2">
                {prompt}
              </Link>
              <span className="text-sm text-soft">
                {toolNames[tool]}
                <span className="sm:hidden">
                  , <Time value={createdAt} show="date" />
                </span>
              </span>
            </td>
            <td>
              <Badge status={status} />
            </td>
            <td data-figure>{charged === null ? `${held} held` : charged}</td>
            <td className="whitespace-nowrap text-soft max-sm:hidden">
              <Time value={createdAt} />
            </td>
          </tr>
        ))}
      </tbody>
    </Table>
  )
}
