import { startEmbeddedPostgres } from '@/lib/providers/postgres'

// A stand-in for an Inkwell process: starts or joins the server of the data directory given as its argument,
// and writes one JSON line for each thing that happens. SIGTERM stops it in order, as in the application.
const say = (event: object) => process.stdout.write(`${JSON.stringify(event)}\n`)
const write = (level: string) => (fields: object, message: string) =>
  say({ event: 'log', level, message, ...fields })

const alive = setInterval(() => {}, 1000)
try {
  const server = await startEmbeddedPostgres(process.argv[2] ?? '', {
    info: write('info'),
    warn: write('warn'),
    error: write('error'),
  })
  process.once('SIGTERM', async () => {
    await Promise.all([server.stop(), server.stop()])
    say({ event: 'stopped' })
    clearInterval(alive)
  })
  say({ event: 'ready', connection: server.connection })
} catch (error) {
  say({ event: 'failed', message: (error as Error).message })
  clearInterval(alive)
}
