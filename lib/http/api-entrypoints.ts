import { randomUUID } from 'node:crypto'
import { readFileSync } from 'node:fs'
import type { IncomingMessage, ServerResponse } from 'node:http'
import path from 'node:path'
import { constants } from 'node:zlib'
import compression from 'compression'
import { API_METHODS, corsHeaders } from '@/lib/http/cors'
import type { Taker } from '@/lib/http/node/on-request'
import { asAppError, problemOf } from '@/lib/http/problem'
import { DATA_HEADERS, SECURITY_HEADERS } from '@/lib/http/security-headers'
import { sendingWhole } from '@/lib/http/whole-answers'

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

/** For each answer 256 KiB of what was said before are remembered at most: by itself it would be 4 MiB, for as many as are open. */
const BROTLI = { params: { [constants.BROTLI_PARAM_QUALITY]: 4, [constants.BROTLI_PARAM_LGWIN]: 18 } }

/**
 * Takes calls of the API to their routes past the router of Next.js, which takes about as long for a call as all the rest
 * of it: those whose path is plain, of letters, digits, dots, dashes and underscores. Others go the long way to the same routes.
 */
export function answerPlainCalls(): Taker {
  const built = JSON.parse(readFileSync(path.join(SERVER, 'app-paths-manifest.json'), 'utf8'))
  const routes = apiRoutes(built).map(({ pattern, file }) => ({ pattern, load: loader(file) }))
  const compress = compression({ brotli: BROTLI })
  return ({ request, response }) => {
    const [pathname = '', search] = (request.url ?? '').split('?', 2)
    if (search && namesParameters(search)) return false
    for (const { pattern, load } of routes) {
      const match = pattern.exec(pathname)
      if (!match) continue
      for (const { key, value } of [...SECURITY_HEADERS, ...DATA_HEADERS]) response.setHeader(key, value)
      const requestMeta = { relativeProjectDir: '', params: { ...match.groups } }
      const hand = async () => {
        try {
          const { handler } = await load()
          await handler(request, response, { requestMeta })
        } catch (error) {
          fail(request, response, error)
        }
      }
      compress(request, response, () => sendingWhole(response, () => void hand()))
      return true
    }
    return false
  }
}

/**
 * Whether a query has one of the names by which those who host Next.js elsewhere hand it the parameters of a path: where
 * its router was not asked, Next.js would believe them.
 */
export function namesParameters(search: string): boolean {
  return [...new URLSearchParams(search).keys()].some((name) => /^nxt[PI]/.test(name))
}

/** A handler answers its failures itself; this is where none could be reached, or Next.js failed. */
function fail({ headers }: IncomingMessage, response: ServerResponse, error: unknown): void {
  const requestId = randomUUID()
  const problem = asAppError(error, requestId)
  if (response.headersSent) {
    response.destroy()
    return
  }
  response.statusCode = problem.status
  for (const [name, value] of Object.entries(corsHeaders(headers.origin ?? null, API_METHODS)))
    response.setHeader(name, value)
  response.setHeader('Content-Type', 'application/problem+json')
  response.setHeader('X-Request-Id', requestId)
  response.end(JSON.stringify(problemOf(problem, requestId)))
}

/**
 * The routes below /api of all that was built, those without parameters first; not the one that takes whatever no other
 * takes: to find out that there is no other is the router's.
 *
 * @param built files by the names that Next.js gives to routes and pages: `/api/posts/[id]/route`.
 */
export function apiRoutes(built: Record<string, string>): BuiltRoute[] {
  return Object.entries(built)
    .filter(([name]) => /^\/api\/(?:[\w.-]+\/|\[\w+\]\/)*route$/.test(name))
    .sort(([one], [other]) => Number(one.includes('[')) - Number(other.includes('[')))
    .map(([name, file]) => ({ pattern: patternOf(name.slice(0, -'/route'.length)), file }))
}

function patternOf(route: string): RegExp {
  return new RegExp(`^${route.replaceAll('.', '\\.').replace(/\[(\w+)\]/g, '(?<$1>[\\w.-]+)')}$`)
}

/** The very module that Next.js would load, and loads once; past the bundler, which does not know what comes of its own work. */
function loader(file: string): () => Promise<Entrypoint> {
  let loaded: Entrypoint | undefined
  const require = process.getBuiltinModule('node:module').createRequire(path.join(SERVER, '/'))
  return async () => {
    loaded ??= (await require(path.join(SERVER, file))) as Entrypoint
    return loaded
  }
}
