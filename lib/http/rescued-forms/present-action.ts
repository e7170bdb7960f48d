import { fromHtml } from 'hast-util-from-html'
import { selectAll } from 'hast-util-select'
import type { NextRequest } from 'next/server'
import { env } from '@/lib/env'
import { log } from '@/lib/log'

/**
 * The action that the page has now for a form of its former build: of the form on it with the same fields, and, where
 * several have them, the one with the most of the same hidden values and the fewest fields beside.
 *
 * @returns the fields that name it, or null if the page has no such form any more, or several.
 */
export async function presentAction(
  request: NextRequest,
  sent: FormData,
): Promise<[name: string, value: string][] | null> {
  try {
    const answer = await fetch(
      `http://127.0.0.1:${env().PORT}${request.nextUrl.pathname}${request.nextUrl.search}`,
      {
        headers: { Cookie: request.headers.get('cookie') ?? '', Accept: 'text/html' },
        redirect: 'manual',
        signal: AbortSignal.timeout(PATIENCE_MS),
      },
    )
    if (answer.status !== 200) return null
    const forms = selectAll('form', fromHtml(await answer.text())).filter((form) => hasAll(form, sent))
    const ranked = forms.sort((a, b) => alike(b, sent) - alike(a, sent) || more(a, sent) - more(b, sent))
    const [best, next] = ranked.map((form) => ({ form, rank: [alike(form, sent), more(form, sent)] }))
    // Of two that it may have been, neither is guessed: another action would be done.
    const isSure = !next || String(best?.rank) !== String(next.rank)
    return best && isSure ? hidden(best.form).filter(([name]) => name.startsWith('$ACTION')) : null
  } catch (err) {
    log().warn({ err }, 'the page of a form could not be read')
    return null
  }
}

type Form = ReturnType<typeof selectAll>[number]

const PATIENCE_MS = 10_000

function hasAll(form: Form, sent: FormData): boolean {
  const names = new Set(namesIn(form))
  return [...sent.keys()].every((name) => name.startsWith('$ACTION') || names.has(name))
}

/** How many fields it has that were not sent. */
function more(form: Form, sent: FormData): number {
  return namesIn(form).filter((name) => !sent.has(name)).length
}

function namesIn(form: Form): string[] {
  const controls = selectAll('input, textarea, select, button', form)
  const names = controls.map(({ properties }) => String(properties.name ?? ''))
  return [...new Set(names)].filter((name) => name && !name.startsWith('$ACTION'))
}

function alike(form: Form, sent: FormData): number {
  return hidden(form).filter(([name, value]) => !name.startsWith('$ACTION') && sent.get(name) === value)
    .length
}

function hidden(form: Form): [name: string, value: string][] {
  return selectAll('input[type=hidden]', form).map(({ properties: { name, value } }) => [
    String(name ?? ''),
    String(value ?? ''),
  ])
}
