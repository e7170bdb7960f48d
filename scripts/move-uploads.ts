import { parseArgs } from 'node:util'
import { formatBytes } from '@/lib/bytes'
import { causesOf } from '@/lib/errors'
import { STORAGES } from '@/lib/providers/storage'
import { type Moved, moveUploads } from '@/lib/services/uploads/move'
import { withDatabase } from './with-database'

/** `npm run move-uploads -- --to s3|disk [--remove-source]`: docs/operating.md says when. */
const { values } = parseArgs({
  options: { to: { type: 'string' }, 'remove-source': { type: 'boolean', default: false } },
})

try {
  if (values.to !== 's3' && values.to !== 'disk') throw new Error('Say where to: --to s3, or --to disk.')
  const [to, from] = values.to === 's3' ? [STORAGES.s3(), STORAGES.disk()] : [STORAGES.disk(), STORAGES.s3()]
  await Promise.all([from.check(), to.check()])
  console.log(`From ${from.name} to ${to.name}.`)
  const move = { from, to, removeSource: values['remove-source'], report: console.log }
  const moved = await withDatabase(() => moveUploads(move))
  tell(moved, values['remove-source'])
  if (moved.missing.length > 0) process.exitCode = 1
} catch (error) {
  console.error(`Not finished: ${causesOf(error)}\nNothing is lost. Run it again to go on.`)
  process.exitCode = 1
}

function tell(
  { copied, copiedBytes, there, missing, removed, left, unowned }: Moved,
  removing: boolean,
): void {
  console.log(`Copied and verified: ${copied} (${formatBytes(copiedBytes)}). There already: ${there}.`)
  if (missing.length > 0) console.log(`Whole in neither, and left as they are: ${missing.length}.`)
  if (removing) {
    console.log(`Removed from the source: ${removed}. Still there: ${left.length}.`)
    for (const folder of left) console.log(`  ${folder}`)
  } else console.log('Nothing was removed from the source.')
  if (unowned.length > 0)
    console.log('In the target, and no upload’s; remove them yourself if nothing else uses them:')
  for (const folder of unowned) console.log(`  ${folder}`)
}
