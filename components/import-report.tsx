import Link from 'next/link'
import { Table } from '@/components/ui/table'
import type { ImportLine } from '@/lib/services/transfer'

const OUTCOMES = { made: 'Made', there: 'Already there', refused: 'Refused' }

/** What became of each post in a file, and what was not taken over as it was. */
export function ImportReport({ lines }: { lines: (ImportLine & { key: string })[] }) {
  return (
    <Table caption="Posts in the file">
      <thead>
        <tr>
          <th scope="col">Post</th>
          <th scope="col">Outcome</th>
        </tr>
      </thead>
      <tbody>
        {lines.map(({ key, title, outcome, postId, remarks }) => (
          <tr key={key}>
            <td>
              {postId ? (
                <Link
                  href={`/dashboard/posts/${postId}`}
                  className="text-link font-serif text-lg break-words"
                >
                  {title}
                </Link>
              ) : (
                <span className="font-serif text-lg break-words">{title}</span>
              )}
              <Remarks remarks={remarks} />
            </td>
            <td className={`whitespace-nowrap ${outcome === 'refused' ? 'text-danger' : 'text-soft'}`}>
              {OUTCOMES[outcome]}
            </td>
          </tr>
        ))}
      </tbody>
    </Table>
  )
}

/** Each is shown in part where it is long: some repeat a whole text that had to be cut. */
export function Remarks({ remarks }: { remarks: string[] }) {
  if (remarks.length === 0) return null
  return (
    <ul className="mt-1 max-w-measure list-disc pl-5 text-sm text-soft">
      {[...new Set(remarks)].map((remark) => (
        <li key={remark} className="break-words">
          {remark}
        </li>
      ))}
    </ul>
  )
}
