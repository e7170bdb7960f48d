import type { NextRequest, NextResponse } from 'next/server'
import { bodyLimits } from '@/lib/body-limits'
import { formatBytes } from '@/lib/bytes'
import { env } from '@/lib/env'
import { plainPage } from '@/lib/http/plain-page'
import { isId } from '@/lib/ids'

export type Trouble = 'logged-out' | 'other-account' | 'stale' | 'gone' | 'too-large' | 'unavailable'

/**
 * The form once more, on a page that needs nothing else: each field with what was typed into it, passwords and files
 * excepted, which no server gives back.
 *
 * @param action the fields by which its action is found, none for a route; null if it can't be sent again.
 * @param home the path of the page that it stands on, where it is sent to another address.
 */
export function rescuePage(
  trouble: Trouble,
  { nextUrl: { pathname, search } }: NextRequest,
  form: FormData,
  action: [name: string, value: string][] | null,
  home = pathname,
): NextResponse {
  const page = inHtml(pathname + search)
  const login = `<a href="/login?next=${inHtml(encodeURIComponent(home))}" target="_blank">Log in in another tab</a>`
  const { status, title, reason, way } = {
    'logged-out': {
      status: 200,
      title: 'You are logged out',
      reason: 'Your session has ended, so this was not sent. What you typed is below.',
      way: `${login}, then come back and send it again.`,
    },
    'other-account': {
      status: 200,
      title: 'Somebody else is logged in now',
      reason:
        'This form was made for another account than the one that is logged in by now, so it was not sent. What you typed is below.',
      way: '<a href="/dashboard" target="_blank">Log out in another tab</a>, log in with the account it belongs to, then come back and send it again.',
    },
    stale: {
      status: 200,
      title: 'Inkwell has been updated',
      reason: 'This form was made by an earlier version, so it was not sent. What you typed is below.',
      way: action
        ? 'Send it again, and it goes to the new one.'
        : `Its page has no such form any more: copy what you need, and <a href="${page}">open the page</a>.`,
    },
    gone: {
      status: 404,
      title: 'This is no more',
      reason: 'What you were writing at was deleted meanwhile, or is not yours. What you typed is below.',
      way: 'Copy what you need. A post that was deleted is in the <a href="/dashboard/posts/trash">trash</a>.',
    },
    'too-large': {
      status: 413,
      title: 'This is more than can be sent at once',
      reason: `A form may have at most ${formatBytes(bodyLimits(env().UPLOAD_MAX_BYTES).body)}. Nothing was changed.`,
      way: 'What could be read of it is below; its last field may be cut off. Make it shorter, and send it again.',
    },
    unavailable: {
      status: 503,
      title: 'This can’t be saved just now',
      reason: 'Inkwell can’t reach its database, so nothing was changed. What you typed is below.',
      way: 'Leave this page open, and send it again in a moment.',
    },
  }[trouble]
  const fields = [...form].filter(([name]) => !name.startsWith('$ACTION'))
  const body = `<div role="alert"><p><strong>${reason}</strong> ${way}</p></div>
<form method="post" enctype="multipart/form-data" action="${page}">
${(action ?? []).map(([name, value]) => hidden(name, value)).join('\n')}
${fields.map(([name, value], index) => field(`field-${index}`, name, value)).join('\n')}
${action ? '<p><button>Send again</button></p>' : ''}
</form>`
  return plainPage(status, title, body, status === 503 ? { 'Retry-After': '10' } : {})
}

/** Whether somebody’s writing is in this form. A word by itself is a choice or a name, and soon typed again. */
export function holdsWriting(form: FormData): boolean {
  return [...form].some(
    ([name, value]) =>
      typeof value === 'string' &&
      !name.startsWith('$ACTION') &&
      !isMadeByPage(name, value) &&
      hasSeveralWords(value),
  )
}

/** Also of a language that is written without spaces. What signs alone hold together is a word: an address, a time. */
function hasSeveralWords(text: string): boolean {
  if (/\S\s+\S/.test(text)) return true
  const runs = text.match(/[\p{L}\p{M}]+/gu) ?? []
  return runs.some((run) => [...words.segment(run)].filter(({ isWordLike }) => isWordLike).length > 1)
}

const words = new Intl.Segmenter(undefined, { granularity: 'word' })

function field(id: string, name: string, value: FormDataEntryValue): string {
  const label = `<label for="${id}">${inHtml(inWords(name))}</label>`
  if (/password/i.test(name))
    return `<p>${label}<input id="${id}" type="password" name="${inHtml(name)}"></p>`
  if (typeof value !== 'string')
    return `<p>${label} (choose it again)<input id="${id}" type="file" name="${inHtml(name)}"></p>`
  if (isMadeByPage(name, value)) return hidden(name, value)
  // HTML eats a line end at the start of a textarea.
  return `<p>${label}<textarea id="${id}" name="${inHtml(name)}" rows="${rows(value)}">\n${inHtml(value)}</textarea></p>`
}

/** What the page itself has put into its forms, and which of its buttons was pressed: nothing that anybody typed. */
function isMadeByPage(name: string, value: string): boolean {
  return (
    MADE_BY_PAGE.has(name) || name.endsWith('Before') || isId(value) || (value === '' && name.endsWith('Id'))
  )
}

const MADE_BY_PAGE = new Set([
  'id',
  'version',
  'base',
  'current',
  'attempt',
  'draft',
  'intent',
  'quotes',
  'publishOffset',
])

function rows(value: string): number {
  return Math.min(20, Math.max(1, Math.ceil(value.length / 60), value.split('\n').length))
}

function hidden(name: string, value: string): string {
  return `<input type="hidden" name="${inHtml(name)}" value="${inHtml(value)}">`
}

/** `publishAt` as `Publish at`. */
function inWords(name: string): string {
  const words = name.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`)
  return words.charAt(0).toUpperCase() + words.slice(1)
}

function inHtml(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('"', '&quot;')
    .replaceAll('\r', '&#13;')
}
