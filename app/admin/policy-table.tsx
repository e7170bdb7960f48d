import { Table } from '@/components/ui/table'
import { formatBytes } from '@/lib/bytes'
import { TOOLS, toolNames } from '@/lib/schemas/tools'
import type { TierPolicy } from '@/lib/services/operators/policies'

/** What every tool costs in every tier, and how often it may be used. */
export function PolicyTable({ policies }: { policies: TierPolicy[] }) {
  return (
    <Table caption="Limits and prices">
      <thead>
        <tr>
          <th scope="col">Tool</th>
          {policies.map(({ tier }) => (
            <th key={tier} scope="col" data-figure>
              {tier}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {TOOLS.map((tool) => (
          <tr key={tool}>
            <td>{toolNames[tool]}</td>
            {policies.map(({ tier, tools }) => {
              const it = tools.find((one) => one.tool === tool)
              return (
                <td key={tier} data-figure>
                  {it ? (
                    <>
                      {it.hold}
                      <span className="block text-sm text-soft">{inWords(it.dailyLimit)}</span>
                    </>
                  ) : (
                    '–'
                  )}
                </td>
              )
            })}
          </tr>
        ))}
        <tr>
          <td>Monthly allowance</td>
          {policies.map(({ tier, monthlyAllowance }) => (
            <td key={tier} data-figure>
              {tier === 'anonymous' ? '–' : monthlyAllowance}
            </td>
          ))}
        </tr>
        <tr>
          <td>Room for uploads</td>
          {policies.map(({ tier, uploadQuota }) => (
            <td key={tier} data-figure>
              {tier === 'anonymous' ? '–' : uploadQuota === null ? 'no limit' : formatBytes(uploadQuota)}
            </td>
          ))}
        </tr>
        <tr>
          <td>All of them together, a day</td>
          {policies.map(({ tier, dailyBudget }) => (
            <td key={tier} data-figure>
              {tier === 'anonymous' ? (dailyBudget ?? 'no limit') : '–'}
            </td>
          ))}
        </tr>
      </tbody>
    </Table>
  )
}

function inWords(limit: number): string {
  return limit < 0 ? 'no limit' : `${limit} a day`
}
