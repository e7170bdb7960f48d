import { readFileSync } from 'node:fs'
import type { IncomingMessage, ServerResponse } from 'node:http'
import path from 'node:path'
import compression from 'compression'
import type { Taker } from '@/lib/http/node/on-request'
import { DATA_HEADERS, SECURITY_HEADERS } from '@/lib/http/security-headers'
import { sendingWhole } from '@/lib/http/whole-answers'
import { log } from '@/lib/log'

/** What Next.js builds of a route (its guide to adapters, “Invoking Entrypoints”). */
type Entrypoint = {
  handler(
    request: IncomingMessage,
    response: ServerResponse,
    context: { requestMeta: { relativeProjectDir: string; params: Record<string, string> } },
  ): Promise<void>
}

/** A route of the API: its path as a pattern with a group for each parameter, and where it was built, from `.next/server`. */
export type BuiltRoute = { pattern: RegExp; file: string }

const SERVER = path.resolve('.next/server')

/**
 * Takes calls of the API to their routes past the router of Next.js, which takes about as long for a call as all the rest
 * of it: those whose path is plain, of letters, digits, dots, dashes and underscores. Others go the long way to the same routes.
 */
export function answerPlainCalls(): Taker {
  const built = JSON.parse(readFileSync(path.join(SERVER, 'app-paths-manifest.json'), 'utf8'))
  const routes = apiRoutes(built).map(({ pattern, file }) => ({ pattern, load: loader(file) }))
  const compress = compression()
  return ({ request, response }) => {
    const [pathname = ''] = (request.url ?? '').split('?', 1)
    for (const { pattern, load } of routes) {
      const match = pattern.exec(pathname)
      if (!match) continue
      for (const { key, value } of [...SECURITY_HEADERS, ...DATA_HEADERS]) response.setHeader(key, value)
      const requestMeta = { relativeProjectDir: '.', params: { ...match.groups } }
      const hand = () =>
        load()
          .then(({ handler }) => handler(request, response, { requestMeta }))
          .catch((err: unknown) => {
            log().error({ err, path: pathname }, 'a call could not be handed to its route')
            response.destroy()
          })
      compress(request, response, () => sendingWhole(response, hand))
      return true
    }
    return false
  }
}

/**
 * The routes below /api of all that was built, those without parameters first; not the one that takes whatever no other
 * takes: to find out that there is no other is the router's.
 *
 * @param built files by the names that Next.js gives to routes and pages: `/api/posts/[id]/route`.
 */
export function apiRoutes(built: Record<string, string>): BuiltRoute[] {
  return Object.entries(built)
    .filter(([name]) => name.startsWith('/api/') && name.endsWith('/route') && !name.includes('[...'))
    .sort(([one], [other]) => Number(one.includes('[')) - Number(other.includes('[')))
    .map(([name, file]) => ({ pattern: patternOf(name.slice(0, -'/route'.length)), file }))
}

function patternOf(route: string): RegExp {
  return new RegExp(`^${route.replaceAll('.', '\\.').replace(/\[(\w+)\]/g, '(?<$1>[\\w.-]+)')}$`)
}

/** The very module that Next.js would load, and loads once; past the bundler, which does not know what comes of its own work. */
function loader(file: string): () => Promise<Entrypoint> {
  let loaded: Promise<Entrypoint> | undefined
  const require = process.getBuiltinModule('node:module').createRequire(path.join(SERVER, '/'))
  return () => {
    loaded ??= Promise.resolve(require(path.join(SERVER, file)))
    return loaded
  }
}
