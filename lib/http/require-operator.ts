import { requireViewer } from '@/lib/auth/session'
import { notFound } from '@/lib/errors'
import { orNotFound } from '@/lib/http/or-not-found'
import { isOperator, type Operator } from '@/lib/services/operators/operator'

/** The operator who looks at this page. To a writer there is no such page; anybody else is sent to log in first. */
export async function requireOperator(path: string): Promise<Operator> {
  const viewer = await requireViewer(path)
  return isOperator(viewer) ? viewer : orNotFound(Promise.reject(notFound('page')))
}
