import type { Viewer } from '@/lib/services/viewer'
import { type Sql, sql } from '@/lib/sql'

/** An anonymous visitor, by the keyed hash of the verified address: the address itself is not kept. */
export type Visitor = {
  visitor: string
  /** Set where visitors can't be told apart: then only the budget of all of them together limits them. */
  shared?: boolean
}

/** Whoever a generation belongs to and is counted for. */
export type Subject = Viewer | Visitor

/** Whether nobody is logged in: a visitor is known by address alone. */
export function isVisitor(subject: Subject): subject is Visitor {
  return 'visitor' in subject
}

/** Which rows of `generations` are the subject's; `g` is the table's name in the statement. */
export function ownedBy(subject: Subject): Sql {
  return isVisitor(subject) ? sql`g.visitor = ${subject.visitor}` : sql`g.owner_id = ${subject.userId}`
}

/** The name under which counters and attempt keys are kept. */
export function subjectKey(subject: Subject): string {
  return isVisitor(subject) ? `visitor:${subject.visitor}` : subject.userId
}
