import type { NextRequest, NextResponse } from 'next/server'
import { openTicket, SESSION_COOKIE } from '@/lib/auth/cookie'
import { isOfSomebodyElse } from '@/lib/http/account-of-form'
import { isKnownAction } from '@/lib/http/rescued-forms/known-actions'
import { presentAction } from '@/lib/http/rescued-forms/present-action'
import { readBeginning, readForm } from '@/lib/http/rescued-forms/read-form'
import { holdsWriting, rescuePage, type Trouble } from '@/lib/http/rescued-forms/rescue-page'
import { log } from '@/lib/log'
import { findSession } from '@/lib/services/sessions'

/**
 * Gives a form that was sent without JavaScript back with all that was typed, where its page could not: whoever sent it
 * is logged out by now, the action that it was made for went with a deploy, or the database is away. Next.js would send
 * the writer to log in, or answer a bare 500, and the text would be gone.
 *
 * @returns null for every other request. Its body can still be read.
 */
export async function rescueForm(request: NextRequest): Promise<NextResponse | null> {
  if (!isPlainForm(request)) return null
  const form = await readForm(request)
  // What is no form is not ours to answer.
  if (!form) return null
  const trouble = await troubleOf(request, form)
  if (!trouble) return null
  const action = trouble === 'stale' ? await presentAction(request, form) : actionFields(form)
  return rescuePage(trouble, request, form, action)
}

/**
 * The same for a form that goes to a route, be it sent with JavaScript or without: no page is kept then.
 *
 * @param form what stands in it before its file.
 * @param page the path of the page that it stands on.
 */
export async function rescueRouteForm(
  request: NextRequest,
  form: FormData,
  page: string,
): Promise<NextResponse | null> {
  const trouble = await troubleOf(request, form)
  return trouble && rescuePage(trouble, request, form, [], page)
}

/** The same for a form that is over the limit, with what has been read of it. */
export async function giveBackTooLarge(request: NextRequest): Promise<NextResponse> {
  const form = await readBeginning(request)
  return rescuePage('too-large', request, form, actionFields(form))
}

/** The same for a form of a page that is not there for its sender any more; null if nothing was typed into it. */
export async function giveBackGone(request: NextRequest): Promise<NextResponse | null> {
  const form = isPlainForm(request) ? await readForm(request) : null
  return form && holdsWriting(form) ? rescuePage('gone', request, form, null) : null
}

/** JavaScript sends a header along, and keeps the page with all that is in it. */
function isPlainForm({ method, headers }: NextRequest): boolean {
  const type = headers.get('content-type') ?? ''
  return method === 'POST' && !headers.has('next-action') && type.startsWith('multipart/form-data')
}

async function troubleOf(request: NextRequest, form: FormData): Promise<Trouble | null> {
  if (needsSession(request.nextUrl.pathname)) {
    try {
      const sealed = request.cookies.get(SESSION_COOKIE)?.value
      const ticket = sealed ? await openTicket(sealed) : null
      const viewer = ticket && (await findSession(ticket))
      if (!viewer) return 'logged-out'
      if (isOfSomebodyElse(form, viewer)) return 'other-account'
    } catch (err) {
      log().warn({ err }, 'a form was given back')
      return 'unavailable'
    }
  }
  return (await isKnownAction(form)) ? null : 'stale'
}

function needsSession(pathname: string): boolean {
  return /^\/(dashboard|admin)(\/|$)/.test(pathname)
}

/** The fields by which React finds the action, and the state that it is given. */
function actionFields(form: FormData): [name: string, value: string][] {
  return [...form].filter(
    (field): field is [string, string] => field[0].startsWith('$ACTION') && typeof field[1] === 'string',
  )
}
