import { newId } from '@/lib/ids'
import type { Client } from './client'
import type { Caller } from './people'
import { send } from './send'

/** Creates a post, and asks again under the same key where nothing came back: it must be one post. */
export async function createPost(client: Client, caller: Caller): Promise<void> {
  const { journal } = client
  const key = newId()
  const title = `A lighthouse, ${key}`
  for (let attempt = 0; attempt < 3; attempt++) {
    const answer = await send(caller, `${client.url()}/api/posts`, {
      method: 'POST',
      json: { title, content: 'Kept.' },
      headers: { 'Idempotency-Key': key },
    }).catch(() => null)
    const said = (await answer?.json().catch(() => null)) as { id?: string; code?: string } | null
    if (answer?.ok && said?.id) {
      journal.posts.push({ id: said.id, key, subject: caller.subject, title })
      if (client.dice.chance(0.7)) return
    } else {
      const code = said?.code ?? 'no_answer'
      journal.refused(code)
      if (code === 'internal') journal.surprises.push({ what: 'internal', detail: `post ${key}` })
    }
  }
}
