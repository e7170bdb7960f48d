import Link from 'next/link'
import { Table } from '@/components/ui/table'
import { Time } from '@/components/ui/time'
import type { LedgerEntry } from '@/lib/services/credits'

type LedgerProps = {
  entries: LedgerEntry[]
  /** Whether reasons lead to their generations, which only their owner may see. */
  linked?: boolean
}

export function LedgerTable({ entries, linked = false }: LedgerProps) {
  return (
    <Table caption="Ledger">
      <thead>
        <tr>
          <th scope="col">Entry</th>
          <th scope="col">What for</th>
          <th scope="col" data-figure>
            Amount
          </th>
          <th scope="col" data-figure>
            Balance
          </th>
          <th scope="col">When</th>
        </tr>
      </thead>
      <tbody>
        {entries.map((entry) => (
          <tr key={entry.id}>
            <td>{names[entry.kind]}</td>
            <td className="min-w-28">
              {linked && entry.generationId ? (
                <Link href={`/dashboard/generations/${entry.generationId}`} className="text-link">
                  {entry.reason}
                </Link>
              ) : (
                entry.reason
              )}
            </td>
            <td data-figure>{signed(entry.amount)}</td>
            <td data-figure>{entry.balance}</td>
            <td className="whitespace-nowrap text-soft">
              <Time value={entry.createdAt} />
            </td>
          </tr>
        ))}
      </tbody>
    </Table>
  )
}

const names = { grant: 'Grant', hold: 'Hold', settle: 'Settle', release: 'Release', adjust: 'Adjust' }

/** With a real minus sign, as wide as a plus. */
function signed(amount: number): string {
  return amount > 0 ? `+${amount}` : `${amount}`.replace('-', '−')
}
