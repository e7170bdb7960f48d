import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { cpSync, symlinkSync } from 'node:fs'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { START } from '@/e2e/fixtures/env'
import type { Server } from './load'

const NEXT = path.resolve('node_modules/next/dist/bin/next')
const ENV = {
  ...process.env,
  NODE_OPTIONS: '',
  NODE_ENV: 'production',
  NEXT_TELEMETRY_DISABLED: '1',
} as const

export type Baseline = { name: string; server: Server; stop(): Promise<void> }

/**
 * Starts all of them, each as a process of its own on the same Node.js, on the ports from `port` on.
 *
 * @param home an empty folder outside of the project.
 */
export async function startBaselines(
  port: number,
  home: string,
  env: Record<string, string>,
): Promise<Baseline[]> {
  build(home)
  const commands: [name: string, cwd: string, args: string[]][] = [
    ['Next.js + pg', path.join(home, 'next-app'), [NEXT, 'start']],
    ['… as Inkwell starts', path.join(home, 'next-app'), [...START.slice(0, -1), NEXT, 'start']],
    ['Fastify + pg', '.', ['--import', 'tsx', 'bench/rest/fastify.ts']],
    ['node:http + pg', '.', ['--import', 'tsx', 'bench/rest/http.ts']],
  ]
  const started = commands.map(([name, cwd, args], index) => {
    const own = { ...ENV, ...env, PORT: String(port + index) }
    const child = spawn('node', args, { cwd, env: own, stdio: ['ignore', 'ignore', 'inherit'] })
    const server = { url: `http://127.0.0.1:${port + index}`, pid: child.pid ?? 0 }
    return { name, child, server, stop: () => stop(child) }
  })
  try {
    await Promise.all(started.map(({ child, server }) => untilAnswering(child, server.url)))
  } catch (error) {
    await Promise.all(started.map(({ child }) => stop(child)))
    throw error
  }
  return started
}

/** The app is built away from the project, whose instrumentation and proxy Turbopack would find above it. */
function build(home: string): void {
  cpSync('bench/rest', home, { recursive: true })
  symlinkSync(path.resolve('node_modules'), path.join(home, 'node_modules'))
  const cwd = path.join(home, 'next-app')
  execFileSync('node', [NEXT, 'build'], { cwd, env: ENV, stdio: ['ignore', 'ignore', 'inherit'] })
}

async function untilAnswering(child: ChildProcess, url: string): Promise<void> {
  while (!(await fetch(`${url}/api/posts`).catch(() => null))?.ok) {
    if (child.exitCode !== null) throw new Error(`a baseline ended with ${child.exitCode}`)
    await sleep(100)
  }
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null) return
  child.kill()
  await once(child, 'exit')
}
