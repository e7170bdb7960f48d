import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createWriteStream, mkdirSync } from 'node:fs'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Dice } from './random'

export type Instance = { url: string; port: number; state: 'starting' | 'up' | 'paused' | 'down' }
type Running = Instance & { child: ChildProcess | null }

/** The instances of the product that the chaos plays with, each `next start` on a port of its own. */
export class Fleet {
  private readonly all: Running[]
  private ending = false

  constructor(
    count: number,
    port: number,
    private readonly env: Record<string, string>,
    private readonly logs: string | null,
  ) {
    this.all = Array.from({ length: count }, (_, n) => ({
      url: `http://127.0.0.1:${port + n}`,
      port: port + n,
      state: 'down',
      child: null,
    }))
    if (logs) mkdirSync(logs, { recursive: true })
  }

  get instances(): readonly Instance[] {
    return this.all
  }

  /** As a load balancer that is a little behind: mostly one that is up, now and then one that is not. */
  any(dice: Dice): Instance {
    const up = this.all.filter(({ state }) => state === 'up')
    return dice.pick(up.length > 0 && dice.chance(0.92) ? up : this.all)
  }

  /** Starts those that are down and wakes the paused, and waits until each is ready. */
  async allUp(patienceMs = 90_000): Promise<void> {
    await Promise.all(
      this.all.map(async (it) => {
        if (it.state === 'paused') this.resume(it)
        if (it.state === 'down') this.start(it)
        await this.untilReady(it, patienceMs)
      }),
    )
  }

  start(instance: Instance): void {
    const it = instance as Running
    if (this.ending || it.state !== 'down') return
    it.state = 'starting'
    const env = { ...process.env, ...this.env, PORT: String(it.port), APP_URL: it.url }
    const child = spawn(process.execPath, ['node_modules/next/dist/bin/next', 'start'], {
      env,
      stdio: ['ignore', this.logs ? 'pipe' : 'ignore', this.logs ? 'pipe' : 'ignore'],
    })
    it.child = child
    if (this.logs) {
      const log = createWriteStream(path.join(this.logs, `instance-${it.port}.log`), { flags: 'a' })
      child.stdout?.pipe(log, { end: false })
      child.stderr?.pipe(log, { end: false })
    }
    // One that ends by itself, as where the database is away at its start, is started again by whoever runs it.
    child.once('exit', () => {
      if (it.child !== child) return
      it.child = null
      it.state = 'down'
    })
  }

  async untilReady(instance: Instance, patienceMs: number): Promise<boolean> {
    const until = Date.now() + patienceMs
    while (!this.ending && Date.now() < until) {
      if (instance.state === 'down') this.start(instance)
      const answer = await fetch(`${instance.url}/api/health?ready=1`, {
        signal: AbortSignal.timeout(3_000),
      }).catch(() => null)
      if (answer?.status === 200) {
        if (instance.state === 'starting') instance.state = 'up'
        if (instance.state === 'up') return true
      }
      await sleep(200)
    }
    return false
  }

  kill(instance: Instance): void {
    const it = instance as Running
    it.child?.kill('SIGKILL')
  }

  pause(instance: Instance): void {
    const it = instance as Running
    if (it.child?.kill('SIGSTOP')) it.state = 'paused'
  }

  resume(instance: Instance): void {
    const it = instance as Running
    if (it.state === 'paused' && it.child?.kill('SIGCONT')) it.state = 'up'
  }

  /** For when there is no time: does not wait for anything. */
  killAll(): void {
    this.ending = true
    for (const { child } of this.all) child?.kill('SIGKILL')
  }

  async stop(): Promise<void> {
    const children = this.all.flatMap(({ child }) => (child ? [child] : []))
    const ends = children.map((child) => (child.exitCode === null ? once(child, 'exit') : undefined))
    this.killAll()
    await Promise.race([Promise.all(ends), sleep(5_000)])
  }
}
