import { formWith } from '@/e2e/fixtures/form-html'
import type { Client } from './client'
import type { Caller } from './people'
import type { Body } from './prompts'
import { send } from './send'

/** A form that was opened and filled, so that it can be sent again, as going back and resubmitting does. */
export type Filled = {
  caller: Caller
  path: string
  values: Record<string, string>
  acknowledged: string | null
}

const HEADERS = { Accept: 'text/html', 'Sec-Fetch-Site': 'same-origin' }

/** Opens the page as a browser without JavaScript does, and fills in the form on it. */
export async function openGenerate(client: Client, caller: Caller, body: Body): Promise<Filled | null> {
  const page = caller.cookie ? { path: '/dashboard/generate', field: 'prompt' } : { path: '/', field: 'text' }
  const form = await openForm(client, caller, page.path, page.field)
  if (!form) return null
  const typed = caller.cookie ? { ...body, projectId: '' } : { tool: body.tool, text: body.text }
  return { caller, path: form.path, values: { ...form.hidden, ...typed }, acknowledged: null }
}

/** Sends it; on success the browser is told to go to the generation's page. */
export async function submit(client: Client, filled: Filled): Promise<string | null> {
  const { caller, path, values } = filled
  const { journal } = client
  const sentAt = Date.now()
  const url = client.url()
  const answer = await send(caller, `${url}${path}`, {
    method: 'POST',
    form: values,
    headers: { ...HEADERS, Origin: url },
  })
  const id = /\/(?:dashboard\/generations|try)\/([\da-f-]{36})/.exec(
    answer.headers.get('location') ?? '',
  )?.[1]
  const said = await answer.text()
  const code = id ? null : `form_${answer.status}`
  if (code) journal.refused(code)
  const key = `form:${values.attempt ?? ''}:${values.prompt ?? ''}${values.text ?? ''}`
  journal.acks.push({
    subject: caller.subject,
    key,
    body: JSON.stringify(values),
    id: id ?? null,
    http: answer.status,
    code: code ?? null,
    sentAt,
    answeredAt: Date.now(),
    outcome: null,
  })
  if (code && answer.status === 200 && !said.includes('role="alert"')) {
    journal.surprises.push({ what: 'a refused form says nothing', detail: path })
  }
  filled.acknowledged ??= id ?? null
  return id ?? null
}

type Form = { hidden: Record<string, string>; path: string }

/** The Stop on a generation's page, a form of its own; null where there is none, as after its end. */
export async function openStop(client: Client, caller: Caller, id: string): Promise<Form | null> {
  return openForm(client, caller, `/dashboard/generations/${id}`, 'id', 'Stop')
}

export async function submitStop(client: Client, caller: Caller, { hidden, path }: Form): Promise<void> {
  const url = client.url()
  const answer = await send(caller, `${url}${path}`, {
    method: 'POST',
    form: hidden,
    headers: { ...HEADERS, Origin: url },
  })
  await answer.text()
  if (answer.status >= 500) throw new Error(`a stop was answered ${answer.status}`)
}

async function openForm(
  client: Client,
  caller: Caller,
  at: string,
  field: string,
  label = '',
): Promise<Form | null> {
  let path = at
  let page = await send(caller, `${client.url()}${path}`, { headers: HEADERS })
  // The page puts the attempt key into its own address, so that going back finds it again.
  const location = page.headers.get('location')
  if (page.status === 307 && location?.startsWith(`${at}?`)) {
    path = location
    page = await send(caller, `${client.url()}${path}`, { headers: HEADERS })
  }
  const html = await page.text()
  if (page.status !== 200) client.journal.refused(`page_${page.status}`)
  if (page.status >= 300 && page.status < 500) {
    const detail = `${path} ${page.headers.get('location') ?? ''}`
    client.journal.surprises.push({ what: `page_${page.status}`, detail })
  }
  const hidden = page.status === 200 ? formWith(html, field, label) : null
  return hidden && { hidden, path }
}
