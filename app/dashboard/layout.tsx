import type { ReactNode } from 'react'
import { logout } from '@/actions/accounts'
import { DashboardShell } from '@/components/dashboard-shell'
import { GuardTyped } from '@/components/ui/guard-typed'
import { currentViewer } from '@/lib/auth/session'
import { currentBalance } from '@/lib/services/generations'

export default async function DashboardLayout({ children }: { children: ReactNode }) {
  const viewer = await currentViewer()
  // Each page asks for itself, and so knows the way back. Sending to log in from here would win, and forget it.
  if (!viewer) return children
  const { userId: id, name, role } = viewer
  const user = { id, name, role, credits: await currentBalance(viewer) }
  return (
    <>
      <GuardTyped />
      <DashboardShell user={user} logout={logout}>
        {children}
      </DashboardShell>
    </>
  )
}
