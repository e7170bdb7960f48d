import { setTimeout as sleep } from 'node:timers/promises'

/** The answer in order, a few words each; longer pieces for a long answer, so that it takes under a second. */
export function pieces(answer: string): string[] {
  const words = answer.match(/\s*\S{1,24}/gu) ?? []
  const size = Math.max(WORDS, Math.ceil(words.length / MOST_PIECES))
  const result: string[] = []
  for (let at = 0; at < words.length; at += size) result.push(words.slice(at, at + size).join(''))
  return result
}

const WORDS = 3
const MOST_PIECES = 40

/** Waits, or throws the reason of the signal as soon as it aborts. */
export async function waitFor(milliseconds: number, signal: AbortSignal): Promise<void> {
  await sleep(milliseconds, undefined, { signal }).catch((error) => {
    throw signal.aborted ? signal.reason : error
  })
}
