import { parseArgs } from 'node:util'

export type Options = {
  seconds: number
  seed: number
  instances: number
  /** The first of the ports that the instances use. */
  port: number
  /** Where the instances' own logs are kept; null throws them away. */
  logs: string | null
}

/** `npm run chaos -- --seconds 600 --seed 7 --instances 3 --logs /tmp/logs` */
export function readOptions(args: string[]): Options {
  const { values } = parseArgs({
    args,
    options: {
      seconds: { type: 'string', default: '60' },
      seed: { type: 'string', default: String(Date.now() % 1_000_000) },
      instances: { type: 'string', default: '2' },
      port: { type: 'string', default: process.env.CHAOS_PORT ?? '3750' },
      logs: { type: 'string' },
    },
  })
  return {
    seconds: whole('seconds', values.seconds, 5, 86_400),
    seed: whole('seed', values.seed, 0, 4_294_967_295),
    instances: whole('instances', values.instances, 1, 8),
    port: whole('port', values.port, 1024, 65_000),
    logs: values.logs ?? null,
  }
}

function whole(name: string, value: string, low: number, high: number): number {
  const number = Number(value)
  if (Number.isInteger(number) && number >= low && number <= high) return number
  throw new Error(`--${name} must be a whole number from ${low} to ${high}`)
}
