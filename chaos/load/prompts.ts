import type { Tool } from '@/lib/schemas/tools'
import type { Dice } from '../random'

export type Body = { tool: Tool; prompt: string; text: string }

const FAILURES = [
  '500', '503', '429', '401', 'html', 'text', 'empty', 'nothing', 'hang', 'silent', 'stall', 'cut', 'end',
  'error-frame', 'bad-json', 'filter',
] // biome-ignore format: one glance

/** The name that a prompt was made with. */
export function nameIn(prompt: string): string | null {
  return /A lighthouse, ([\da-f-]{36})\./.exec(prompt)?.[1] ?? null
}

/** Something to generate that nobody has asked for before, and what the provider is to make of it. */
export function makeBody(dice: Dice, name: string, tools: readonly Tool[]): { body: Body; fails: boolean } {
  const tool = dice.pick(tools)
  const fails = dice.chance(0.22)
  const markers = [
    ...(fails ? [`[[fail:${dice.pick(FAILURES)}]]`] : []),
    ...(dice.chance(0.15) ? [dice.pick(['[[no-usage]]', '[[zero-usage]]', '[[length]]'])] : []),
    ...(dice.chance(0.3) ? [`[[tokens:${dice.between(1, 2_400)}]]`] : []),
    `[[chunks:${dice.between(2, 24)}]] [[delay:${dice.weigh([
      [5, 10],
      [3, 80],
      [2, 220],
    ])}]]`,
  ]
  const words = `A lighthouse, ${name}. ${markers.join(' ')}`
  const onText = tool === 'summarize' || tool === 'titles'
  return {
    body: {
      tool,
      prompt: onText ? '' : words,
      text: onText ? words : tool === 'rewrite' ? 'A passage.' : '',
    },
    fails,
  }
}
