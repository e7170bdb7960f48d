import type { Metadata } from 'next'
import Link from 'next/link'
import { buttonClass } from '@/components/ui/button'
import { formatCredits } from '@/components/ui/credits'
import { Notice } from '@/components/ui/notice'
import { PageHeader } from '@/components/ui/page-header'
import { Pager } from '@/components/ui/pager'
import { Section } from '@/components/ui/section'
import { Table } from '@/components/ui/table'
import { Time } from '@/components/ui/time'
import { requireViewer } from '@/lib/auth/session'
import { listLedger, proveBooks } from '@/lib/services/credits'

export const metadata: Metadata = { title: 'Credits' }

const PAGE = 50

export default async function CreditsPage({ searchParams }: PageProps<'/dashboard/credits'>) {
  const viewer = await requireViewer('/dashboard/credits')
  const before = [(await searchParams).before].flat()[0] ?? ''
  const [proof, entries] = await Promise.all([
    proveBooks(viewer),
    listLedger(viewer, PAGE + 1, /^\d{1,18}$/.test(before) ? before : null),
  ])
  const shown = entries.slice(0, PAGE)
  return (
    <>
      <PageHeader title="Credits" lede={`You have ${formatCredits(proof.credits)}.`}>
        {/* A download and not a page, so a plain link: it is not to be fetched ahead. */}
        <a href="/dashboard/credits/ledger.csv" className={buttonClass({ variant: 'secondary' })}>
          Export CSV
        </a>
      </PageHeader>
      <Notice
        tone={proof.balanced ? 'success' : 'danger'}
        title={proof.balanced ? 'The books balance' : 'The books do not balance'}
      >
        Checked just now: the ledger’s entries add up to {proof.ledger}, and the balance is {proof.credits}.
        Open holds come to {proof.openHolds}, and running generations hold {proof.running}.
      </Notice>
      <Section title="Ledger" lede="Every change of your balance, newest first.">
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
            {shown.map((entry) => (
              <tr key={entry.id}>
                <td>{names[entry.kind]}</td>
                <td className="min-w-28">
                  {entry.generationId ? (
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
        <Pager
          newer={before ? '/dashboard/credits' : null}
          older={entries.length > PAGE ? `/dashboard/credits?before=${shown.at(-1)?.id}` : null}
        />
      </Section>
    </>
  )
}

const names = { grant: 'Grant', hold: 'Hold', settle: 'Settle', release: 'Release', adjust: 'Adjust' }

/** With a real minus sign, as wide as a plus. */
function signed(amount: number): string {
  return amount > 0 ? `+${amount}` : `${amount}`.replace('-', '−')
}
