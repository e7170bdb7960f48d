import { z } from 'zod'

/**
 * Finds out, once, which model to ask for when the operator named none: the first that the endpoint lists
 * (`GET /models`), else `default`, which servers with one model take for that one.
 *
 * An endpoint that could not be reached is asked again by the next call; one that answered is not.
 */
export function modelIdFinder(settings: { baseUrl: string; apiKey: string | null; timeoutMs: number }) {
  let answer: string | null = null
  let asking: Promise<string | null> | null = null

  return {
    /** What is known so far. */
    get current(): string {
      return answer ?? fallback
    },
    /** Never throws but for `signal`: an endpoint that can't list its models may still answer. */
    async find(signal: AbortSignal): Promise<string> {
      if (answer === null) {
        // Several generations share one question, so that stopping one of them must not end it.
        asking ??= firstListed(settings).finally(() => {
          asking = null
        })
        answer = (await unlessAborted(asking, signal)) ?? answer
      }
      return answer ?? fallback
    },
  }
}

const fallback = 'default'
const LIST_TIMEOUT_MS = 5000
const modelList = z.object({ data: z.array(z.object({ id: z.string().min(1) })).min(1) })

async function firstListed(settings: {
  baseUrl: string
  apiKey: string | null
  timeoutMs: number
}): Promise<string | null> {
  try {
    const response = await fetch(`${settings.baseUrl.replace(/\/+$/, '')}/models`, {
      headers: settings.apiKey ? { authorization: `Bearer ${settings.apiKey}` } : {},
      signal: AbortSignal.timeout(Math.min(LIST_TIMEOUT_MS, settings.timeoutMs)),
    })
    const list = modelList.safeParse(await response.json().catch(() => null))
    if (list.success) return list.data.data[0]?.id ?? fallback
    return response.ok || response.status === 404 ? fallback : null
  } catch {
    return null
  }
}

async function unlessAborted<T>(promise: Promise<T>, signal: AbortSignal): Promise<T> {
  signal.throwIfAborted()
  let stop = () => {}
  const aborted = new Promise<never>((_, reject) => {
    stop = () => reject(signal.reason)
  })
  signal.addEventListener('abort', stop, { once: true })
  try {
    return await Promise.race([promise, aborted])
  } finally {
    signal.removeEventListener('abort', stop)
  }
}
