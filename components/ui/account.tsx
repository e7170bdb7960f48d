'use client'

import type { ReactNode } from 'react'
import { AccountContext } from './form-context'

/**
 * Has the forms within tell whose page they are on. By the time that one is sent, somebody else may have logged in in
 * this browser, and what was typed is not theirs.
 */
export function Account({ id, children }: { id: string; children: ReactNode }) {
  return <AccountContext value={id}>{children}</AccountContext>
}
