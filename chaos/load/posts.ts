import type { Client } from './client'
import type { Caller } from './people'
import { send } from './send'

/**
 * Creates a post. Asked again under the same key, it must be one post.
 *
 * @returns whether it is known to be there.
 * @throws where there was no answer, or one that says nothing
 */
export async function createPost(client: Client, caller: Caller, key: string): Promise<boolean> {
  const { journal } = client
  const title = `A lighthouse, ${key}`
  const answer = await send(caller, `${client.url()}/api/posts`, {
    method: 'POST',
    json: { title, content: 'Kept.' },
    headers: { 'Idempotency-Key': key },
  })
  const said = (await answer.json()) as { id?: string; code?: string }
  if (answer.ok && said.id) {
    journal.posts.push({ id: said.id, key, subject: caller.subject, title })
    return true
  }
  journal.refused(said.code ?? `http_${answer.status}`)
  if (said.code === 'internal') journal.surprises.push({ what: 'internal', detail: `post ${key}` })
  if (answer.status >= 500) throw new Error(`a post was answered ${answer.status}`)
  return false
}
