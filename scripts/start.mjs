/**
 * Starts what was built, as `next start` does, on the PORT of the environment or of `.env`: Next.js by itself chooses
 * its port before it reads that file, and the rest of the product afterwards. In this very process, which so hears the
 * signals that it is sent.
 */
import nextEnv from '@next/env'

// An empty one counts as unset, as every other variable does: then the file says it, or nobody.
if (process.env.PORT === '') delete process.env.PORT
nextEnv.loadEnvConfig(process.cwd())
if (process.env.PORT === '') delete process.env.PORT
const port = process.env.PORT ?? '3000'
if (!/^\d+$/.test(port) || Number(port) > 65_535) {
  process.stderr.write("Inkwell can't start. The environment is not right:\nPORT: must be a port number\n")
  process.exit(1)
}
process.env.NEXT_MANUAL_SIG_HANDLE = 'true'
process.argv.splice(2, 0, 'start', '--port', port)
await import('next/dist/bin/next')
