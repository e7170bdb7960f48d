import type { Metadata } from 'next'
import { HoldTable } from '@/components/hold-table'
import { LedgerTable } from '@/components/ledger-table'
import { buttonClass } from '@/components/ui/button'
import { formatCredits } from '@/components/ui/credits'
import { Notice } from '@/components/ui/notice'
import { PageHeader } from '@/components/ui/page-header'
import { Pager } from '@/components/ui/pager'
import { Section } from '@/components/ui/section'
import { requireViewer } from '@/lib/auth/session'
import { listLedger, proveBooks } from '@/lib/services/credits'
import { currentBalance, openHolds } from '@/lib/services/generations'

export const metadata: Metadata = { title: 'Credits' }

const PAGE = 50

export default async function CreditsPage({ searchParams }: PageProps<'/dashboard/credits'>) {
  const viewer = await requireViewer('/dashboard/credits')
  const before = [(await searchParams).before].flat()[0] ?? ''
  // First, so that what has outlived its lease is told of as given back, and not as held.
  await currentBalance(viewer)
  const [proof, holds, entries] = await Promise.all([
    proveBooks(viewer),
    openHolds(viewer),
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
      {holds.length > 0 && (
        <Section
          title="Open holds"
          lede="Set aside for what is running. What is not delivered is given back."
        >
          <HoldTable holds={holds} />
        </Section>
      )}
      <Section title="Ledger" lede="Every change of your balance, newest first.">
        <LedgerTable entries={shown} linked />
        <Pager
          newer={before ? '/dashboard/credits' : null}
          older={entries.length > PAGE ? `/dashboard/credits?before=${shown.at(-1)?.id}` : null}
        />
      </Section>
    </>
  )
}
