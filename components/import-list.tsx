import Link from 'next/link'
import { Badge } from '@/components/ui/badge'
import { Table } from '@/components/ui/table'
import { Time } from '@/components/ui/time'
import type { ImportSummary } from '@/lib/services/transfer'
import { importBadge, importCounts } from './import-words'

/** The imports of a writer, each with what came of it. */
export function ImportList({ imports }: { imports: ImportSummary[] }) {
  return (
    <Table caption="Imports">
      <thead>
        <tr>
          <th scope="col">File</th>
          <th scope="col">Status</th>
          <th scope="col">Posts</th>
          <th scope="col" className="max-sm:hidden">
            Begun
          </th>
        </tr>
      </thead>
      <tbody>
        {imports.map((it) => (
          <tr key={it.id}>
            <td>
              <Link href={`/dashboard/transfer/${it.id}`} className="text-link break-words">
                {it.filename}
              </Link>
            </td>
            <td>
              <Badge status={importBadge(it)} />
            </td>
            <td className="text-soft">{importCounts(it)}</td>
            <td className="whitespace-nowrap text-soft max-sm:hidden">
              <Time value={it.createdAt} />
            </td>
          </tr>
        ))}
      </tbody>
    </Table>
  )
}
