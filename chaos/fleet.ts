import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createWriteStream, mkdirSync } from 'node:fs'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Dice } from './random'
import type { ClockTold } from './skewed-clock'

export type Instance = { url: string; port: number; state: 'starting' | 'up' | 'paused' | 'down' }
type Running = Instance & { child: ChildProcess | null }

const SKEWED_CLOCK = new URL('./skewed-clock.ts', import.meta.url).href
/** How long an instance's word of its time may be under way, in milliseconds; less than any clock is wrong by. */
const TOLD_WITHIN_MS = 60_000

/** The instances of the product that the chaos plays with, each `next start` on a port of its own. */
export class Fleet {
  private readonly all: Running[]
  private ending = false
  /** How often an instance has shown that its clock is wrong by what it was set to: from its start, and since. */
  readonly clocks = { starts: 0, jumps: 0 }

  constructor(
    count: number,
    port: number,
    private readonly env: Record<string, string>,
    /** By how many milliseconds the clock of an instance that starts is wrong. */
    private readonly wrongClock: () => number,
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

  /**
   * As a load balancer that is a little behind: mostly one that is up, now and then one that is not.
   *
   * @param besides the address of one that is not wanted, if there is another.
   */
  any(dice: Dice, besides?: string): Instance {
    const all = this.all.filter(({ url }) => url !== besides)
    const from = all.length > 0 ? all : this.all
    const up = from.filter(({ state }) => state === 'up')
    return dice.pick(up.length > 0 && dice.chance(0.92) ? up : from)
  }

  /**
   * Starts those that are down and wakes the paused, and waits until each is ready.
   *
   * @throws Error where one does not get ready
   */
  async allUp(patienceMs = 90_000): Promise<void> {
    await Promise.all(
      this.all.map(async (it) => {
        if (it.state === 'paused') this.resume(it)
        if (it.state === 'down') this.start(it)
        if (!(await this.untilReady(it, patienceMs))) throw new Error(`${it.url} does not get ready`)
      }),
    )
  }

  start(instance: Instance): void {
    const it = instance as Running
    if (this.ending || it.state !== 'down') return
    it.state = 'starting'
    const env = {
      ...process.env,
      ...this.env,
      PORT: String(it.port),
      APP_URL: it.url,
      CHAOS_CLOCK_MS: String(this.wrongClock()),
    }
    const output = this.logs ? 'pipe' : 'ignore'
    const args = ['--import', SKEWED_CLOCK, 'node_modules/next/dist/bin/next', 'start']
    const child = spawn(process.execPath, args, { env, stdio: ['ignore', output, output, 'ipc'] })
    it.child = child
    let told = 0
    child.on('message', ({ wallClock, wrongBy }: ClockTold) => {
      if (wrongBy === 0 || Math.abs(wallClock - wrongBy - Date.now()) > TOLD_WITHIN_MS) return
      this.clocks[told++ === 0 ? 'starts' : 'jumps']++
    })
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

  /** Sets its clock wrong by so many milliseconds, from now on; the instance tells when it is so. */
  setClock(instance: Instance, wrongBy: number): void {
    const it = instance as Running
    // Where it is killed at this moment, there is nobody to be told.
    if (it.child?.connected) it.child.send(wrongBy, () => {})
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
