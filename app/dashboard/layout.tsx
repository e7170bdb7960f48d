import type { ReactNode } from 'react'
import { logout } from '@/actions/accounts'
import { DashboardShell } from '@/components/dashboard-shell'
import { requireViewer } from '@/lib/auth/session'
import { balanceOf } from '@/lib/services/credits'

export default async function DashboardLayout({ children }: { children: ReactNode }) {
  // Each page asks for itself and so knows the way back; this only guards what a layout shows.
  const viewer = await requireViewer('/dashboard')
  const user = { name: viewer.name, role: viewer.role, credits: await balanceOf(viewer) }
  return (
    <DashboardShell user={user} logout={logout}>
      {children}
    </DashboardShell>
  )
}
