import type { Metadata } from 'next'
import { ButtonLink } from '@/components/ui/button'
import { Notice } from '@/components/ui/notice'
import { PageHeader } from '@/components/ui/page-header'
import { Section } from '@/components/ui/section'
import { undeclaredProxies } from '@/lib/http/client-address'
import { requireOperator } from '@/lib/http/require-operator'
import { listActions } from '@/lib/services/operators/actions'
import { readPolicies } from '@/lib/services/operators/policies'
import { readAbsorbed, readHealth, readSpend } from '@/lib/services/operators/state'
import { ActionTable } from './action-table'
import { Health } from './health'
import { PolicyTable } from './policy-table'
import { SpendToday } from './spend-today'
import { Users } from './users'

export const metadata: Metadata = { title: 'Admin' }

export default async function AdminPage({ searchParams }: PageProps<'/admin'>) {
  const operator = await requireOperator('/admin')
  const { email, before } = await searchParams
  const [spend, absorbed, policies, health, actions] = await Promise.all([
    readSpend(operator),
    readAbsorbed(operator),
    readPolicies(operator),
    readHealth(operator),
    listActions(operator, 10),
  ])
  const proxies = undeclaredProxies()
  return (
    <>
      <PageHeader title="Admin" lede="Who writes here, what it may cost, and how this studio is doing." />
      {proxies.length > 0 && (
        <Notice tone="warning" title="A proxy is not declared" className="mb-8">
          Requests come through {proxies.slice(0, 3).join(', ')}, which TRUSTED_PROXIES does not name.
          Visitors can’t be told apart there, and share one daily budget.
        </Notice>
      )}
      <Users operator={operator} email={text(email)} before={text(before)} />
      <Section title="Today" lede="Days end at midnight UTC.">
        <SpendToday spend={spend} absorbed={absorbed} />
      </Section>
      <Section
        title="Limits and prices"
        lede="A price is what is held before the work, and the most it can cost. Limits are uses a day."
      >
        <PolicyTable policies={policies} />
        <ButtonLink href="/admin/limits" variant="secondary" className="mt-6">
          Change limits and prices
        </ButtonLink>
      </Section>
      <Section title="Health">
        <Health {...health} />
      </Section>
      <Section title="Latest changes" lede="What operators did, from what to what.">
        <ActionTable actions={actions} />
      </Section>
    </>
  )
}

/** A part of the address as it may be searched for: PostgreSQL has no U+0000. */
function text(part: string | string[] | undefined): string {
  return ([part].flat()[0] ?? '').replaceAll('\0', '')
}
