import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { z } from 'zod'

/**
 * Whether this build has the action that the form names. Each build may name its actions anew, so that the forms of pages
 * opened before a deploy name none.
 *
 * @returns true as well for a form that names no action at all, which Next.js answers with its page.
 */
export async function isKnownAction(form: FormData): Promise<boolean> {
  const id = actionOf(form)
  // While developing, Next.js adds to its actions as it goes.
  if (!id || process.env.NODE_ENV !== 'production') return true
  known ??= readActions().catch((error: unknown) => {
    // Asked again at the next form: it may have been a file too many that was open.
    known = undefined
    throw error
  })
  return (await known).has(id)
}

let known: Promise<Set<string>> | undefined

/** The list that Next.js itself looks actions up in. */
async function readActions(): Promise<Set<string>> {
  const manifest = path.join(
    /*turbopackIgnore: true*/ process.cwd(),
    '.next/server/server-reference-manifest.json',
  )
  return new Set(Object.keys(actions.parse(JSON.parse(await readFile(manifest, 'utf8'))).node))
}

const actions = z.object({ node: z.record(z.string(), z.unknown()) })

/** React writes `$ACTION_ID_…` for an action without bound values, and else `$ACTION_n:0` with its id in JSON. */
function actionOf(form: FormData): string | null {
  for (const [name, value] of form) {
    const plain = /^\$ACTION_ID_(.+)$/.exec(name)?.[1]
    if (plain) return plain
    const bound = /^\$ACTION_\d+:0$/.test(name) && /"id":"([^"]+)"/.exec(String(value))?.[1]
    if (bound) return bound
  }
  return null
}
