import type { NextRequest } from 'next/server'
import { clientAddress, isUndeclaredProxy } from '@/lib/http/client-address'
import type { Subject, Visitor } from '@/lib/services/subject'
import type { Viewer } from '@/lib/services/viewer'
import { visitorAt } from '@/lib/services/visitors'

/** The visitor who sends these headers, by verified address. */
export function visitorFrom(headers: Headers): Visitor {
  const visitor = visitorAt(clientAddress(headers))
  return isUndeclaredProxy(headers) ? { ...visitor, shared: true } : visitor
}

/** Whoever is calling: who they have proved to be, or else the visitor at their address. */
export function subjectOf({ viewer, request }: { viewer: Viewer | null; request: NextRequest }): Subject {
  return viewer ?? visitorFrom(request.headers)
}
