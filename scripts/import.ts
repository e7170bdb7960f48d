import { existsSync } from 'node:fs'
import path from 'node:path'
import { parseArgs } from 'node:util'
import { AppError } from '@/lib/errors'
import {
  findOwnerByEmail,
  importFromHere,
  listImportLines,
  readImport,
  siteAddress,
} from '@/lib/services/transfer'
import type { Viewer } from '@/lib/services/viewer'
import { endThreads } from '@/lib/threads'
import { withDatabase } from './with-database'

const USAGE = 'Usage: npm run import -- --user EMAIL [--site ADDRESS] PATH'

/**
 * Imports a file or a folder of any size for one of the writers. A running product may stay up. Broken off and called
 * again, it goes on where it was.
 */
async function main(): Promise<void> {
  const options = { user: { type: 'string' }, site: { type: 'string' } } as const
  const { values, positionals } = parseArgs({ options, allowPositionals: true })
  const [place, ...more] = positionals
  if (!values.user || !place || more.length > 0) throw new AppError('invalid', USAGE)
  const source = path.resolve(place)
  if (!existsSync(source)) throw new AppError('invalid', `There is no ${source}.`)
  const site = siteAddress(values.site ?? '')
  if (values.site && !site) throw new AppError('invalid', `${values.site} is no address of a site.`)
  const email = values.user
  await withDatabase(async () => {
    const viewer = await findOwnerByEmail(email)
    await report(viewer, await importFromHere(viewer, source, site))
  })
}

/** Says what came of it, and what is to be looked at. @throws AppError if it failed, or was left before its end. */
async function report(viewer: Viewer, id: string): Promise<void> {
  for (let page = 1, more = true; more; page++) {
    const found = await listImportLines(viewer, id, page, 500)
    for (const { title, outcome, remarks } of found.lines) {
      if (remarks.length > 0) console.log([`${title} (${outcome})`, ...remarks].join('\n  '))
    }
    more = found.more
  }
  const { remarks, status, made, there, refused, error } = await readImport(viewer, id)
  for (const remark of remarks) console.log(remark)
  console.log(`${made} made, ${there} already there, ${refused} refused.`)
  if (error !== null) throw new AppError('invalid', error)
  if (status === 'running') {
    throw new AppError(
      'unavailable',
      'Database or storage could not be reached, and the import was left there. Run the command again, and it goes on.',
    )
  }
}

try {
  await main()
} catch (error) {
  if (!(error instanceof AppError)) throw error
  console.error(error.message)
  process.exitCode = 1
} finally {
  await endThreads()
}
