import type { Metadata } from 'next'
import Link from 'next/link'
import { PageHeader } from '@/components/ui/page-header'
import { orNotFound } from '@/lib/http/or-not-found'
import { requireOperator } from '@/lib/http/require-operator'
import { readUser } from '@/lib/services/operators/users'
import { UserAccount } from '../../user-account'
import { UserTable } from '../../user-table'

export const metadata: Metadata = { title: 'Account' }

export default async function UserPage({ params }: PageProps<'/admin/users/[id]'>) {
  const { id } = await params
  const operator = await requireOperator(`/admin/users/${id}`)
  const user = await orNotFound(readUser(operator, id))
  return (
    <>
      <PageHeader title="Account">
        <Link href="/admin" className="text-link">
          All users
        </Link>
      </PageHeader>
      <UserTable users={[user]} />
      <div className="mt-8">
        <UserAccount user={user} />
      </div>
    </>
  )
}
