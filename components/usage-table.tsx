import { Table } from '@/components/ui/table'
import { toolNames } from '@/lib/schemas/tools'
import type { PastUsage, ToolUsage } from '@/lib/services/usage'

export function UsageTable({ today, past }: { today: ToolUsage[]; past: PastUsage[] }) {
  return (
    <Table caption="Usage">
      <thead>
        <tr>
          <th scope="col">Tool</th>
          <th scope="col" data-figure>
            Uses in 30 days
          </th>
          <th scope="col" data-figure>
            Credits charged
          </th>
          <th scope="col" data-figure>
            Used today
          </th>
          <th scope="col" data-figure>
            Price in credits
          </th>
        </tr>
      </thead>
      <tbody>
        {today.map(({ tool, used, limit, hold }) => {
          const before = past.find((one) => one.tool === tool)
          return (
            <tr key={tool}>
              <td className="min-w-36">{toolNames[tool]}</td>
              <td data-figure>{before?.uses ?? 0}</td>
              <td data-figure>{before?.charged ?? 0}</td>
              <td data-figure>{limit < 0 ? `${used}, no limit` : `${used} of ${limit}`}</td>
              <td data-figure>{hold > 1 ? `up to ${hold}` : hold}</td>
            </tr>
          )
        })}
      </tbody>
    </Table>
  )
}
