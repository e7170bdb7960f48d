import { z } from 'zod'
import { tool } from '@/lib/schemas/tools'

const asked = z.object({
  tool,
  /** What is to be rewritten, and where in the text it stood. */
  passage: z.object({ text: z.string(), at: z.int() }).nullable(),
  /** As it was sent: sent again like this, it is the same generation and the same charge. */
  request: z.record(z.string(), z.string()),
  /** The generation; null while no answer has come. */
  id: z.string().nullable(),
})
export type Asked = z.infer<typeof asked>

/**
 * What was asked of the model from the editor of a post, in this tab’s own storage: a page that is loaded again finds what
 * it has paid for, and what it does not know of yet is not asked for twice.
 */
export function askedAt(userId: string, postId: string | null) {
  const place = placeOf(userId, postId)
  return {
    write: (it: Asked) => write(place, JSON.stringify(it)),
    read: (): Asked | null => parse(read(place)),
    forget: () => write(place, null),
  }
}

/** A new post has become this one. */
export function moveAsked(userId: string, postId: string) {
  const begun = placeOf(userId, null)
  const it = read(begun)
  if (it === null) return
  write(placeOf(userId, postId), it)
  write(begun, null)
}

function placeOf(userId: string, postId: string | null): string {
  return `inkwell:asked:${userId}:${postId ?? 'new'}`
}

function read(place: string): string | null {
  try {
    return sessionStorage.getItem(place)
  } catch {
    return null
  }
}

function write(place: string, value: string | null) {
  try {
    if (value === null) sessionStorage.removeItem(place)
    else sessionStorage.setItem(place, value)
  } catch {
    // Storage may be off or full. The generation is among the recent ones all the same.
  }
}

function parse(json: string | null): Asked | null {
  try {
    return asked.safeParse(JSON.parse(json ?? '')).data ?? null
  } catch {
    return null
  }
}
