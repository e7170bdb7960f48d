import type { Metadata } from 'next'
import Link from 'next/link'
import { PageHeader } from '@/components/ui/page-header'
import { Section } from '@/components/ui/section'
import { requireOperator } from '@/lib/http/require-operator'
import type { Tier } from '@/lib/schemas/tools'
import { readPolicies } from '@/lib/services/operators/policies'
import { PolicyForm } from './policy-form'

export const metadata: Metadata = { title: 'Limits and prices' }

export default async function LimitsPage() {
  const operator = await requireOperator('/admin/limits')
  const policies = await readPolicies(operator)
  return (
    <>
      <PageHeader
        title="Limits and prices"
        lede="A change counts from the next generation on, everywhere. A price that rises between the quote and the click is asked about again."
      >
        <Link href="/admin" className="text-link">
          Admin
        </Link>
      </PageHeader>
      {policies.map((policy) => (
        <Section key={policy.tier} title={titles[policy.tier]} lede={ledes[policy.tier]}>
          <PolicyForm policy={policy} name={titles[policy.tier]} />
        </Section>
      ))}
    </>
  )
}

const titles: Record<Tier, string> = {
  anonymous: 'Visitors',
  free: 'Free',
  pro: 'Pro',
  unlimited: 'Unlimited',
}

const ledes: Partial<Record<Tier, string>> = {
  anonymous: 'Visitors pay nothing. Their price counts against the day’s spend cap.',
}
