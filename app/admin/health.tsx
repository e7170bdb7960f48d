import type { readHealth } from '@/lib/services/operators/state'
import manifest from '@/package.json' with { type: 'json' }
import { Facts } from './facts'

/** Of the instance that has answered: behind a load balancer, the next answer may be another's. */
export function Health({ database, model, storage, uptimeSeconds }: Awaited<ReturnType<typeof readHealth>>) {
  return (
    <Facts
      facts={[
        [
          'Database',
          `Reachable: PostgreSQL ${database.version}, ${database.embedded ? 'embedded' : 'a server'}`,
        ],
        ['Model', model.name],
        ['Pictures', storage.trouble ?? `Reachable: ${storage.name}`],
        ['Inkwell', manifest.version],
        ['Up for', inWords(uptimeSeconds)],
      ]}
    />
  )
}

function inWords(seconds: number): string {
  const minutes = Math.floor(seconds / 60)
  if (minutes < 60) return `${minutes} min`
  const hours = Math.floor(minutes / 60)
  return hours < 48 ? `${hours} h ${minutes % 60} min` : `${Math.floor(hours / 24)} days ${hours % 24} h`
}
