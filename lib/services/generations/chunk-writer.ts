import { log } from '@/lib/log'
import { type Claim, storeChunk } from '@/lib/services/generations/chunks'
import type { LiveText } from '@/lib/services/generations/live-text'

/** In UTF-16 units. Each reader holds a few chunks at a time, so this bounds what a reader costs. */
const LONGEST = 32_768

/**
 * Writes text to the database as fast as that takes it: what comes while a write is under way waits and
 * becomes the next chunk. So a fast model makes larger chunks, not a longer queue.
 */
export class ChunkWriter {
  text = ''
  /** Whether text was lost: what was stored is then only the beginning. */
  broken = false
  private waiting = ''
  private seq = 0
  private writing: Promise<void> | null = null

  constructor(
    private readonly work: Claim & { leaseMs: number },
    private readonly live: LiveText,
    private readonly lost: () => void,
  ) {}

  write(delta: string): void {
    // U+0000 is the one character that PostgreSQL's text can't hold.
    const text = delta.replaceAll('\u0000', '')
    this.text += text
    this.waiting += text
    if (!this.broken) this.writing ??= this.drain()
  }

  async end(): Promise<void> {
    while (this.writing) await this.writing
  }

  private async drain(): Promise<void> {
    while (this.waiting !== '' && !this.broken) {
      const text = beginningOf(this.waiting)
      this.waiting = this.waiting.slice(text.length)
      const chunk = { seq: this.seq + 1, text }
      if (await this.store(chunk)) {
        this.seq = chunk.seq
        // Only now: no reader is shown what a crash could still take back.
        this.live.add(chunk.text)
      } else {
        // What comes later is not stored either: a text that ends is better than one with a hole in it.
        this.broken = true
        this.lost()
      }
    }
    // In the same turn as the look at `waiting`: text that comes later starts a writer of its own.
    this.writing = null
  }

  /** A write is repeated until the lease must be over: PostgreSQL may just be restarting. */
  private async store(chunk: { seq: number; text: string }): Promise<boolean> {
    const patience = performance.now() + this.work.leaseMs
    for (;;) {
      try {
        return await storeChunk(this.work, chunk)
      } catch (error) {
        log().warn({ err: error, generation: this.work.id }, 'storing text failed')
        if (performance.now() > patience) return false
        await new Promise((resolve) => setTimeout(resolve, 200))
      }
    }
  }
}

/** Never ends between the halves of a character: UTF-8 has no words for half of one. */
function beginningOf(text: string): string {
  const beginning = text.slice(0, LONGEST)
  return beginning.length < text.length ? beginning.replace(/[\ud800-\udbff]$/, '') : beginning
}
