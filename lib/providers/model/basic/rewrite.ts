import { joined, sentencesOf, wordsOf } from '@/lib/providers/model/basic/segment'

/**
 * The passage by rules: tidied always, shortened, split or listed when the instruction asks for it in so many
 * words. The last line says what was done, because an instruction that no rule knows changes nothing else.
 */
export function rewritten(passage: string, instruction: string): string {
  if (!passage.trim()) return ''
  const asked = rules.filter(({ asked }) => asked.test(instruction))
  const parts = passage.split(/(^(?:```|~~~)[^\n]*\n[\s\S]*?^(?:```|~~~)[^\n]*$)/m)
  const text = parts
    .map((part) =>
      /^(?:```|~~~)/.test(part) ? part : asked.reduce((done, rule) => rule.apply(done), tidy(part)),
    )
    .join('')
    .trim()
  const done = ['tidied the spacing', ...asked.map(({ did }) => did)].join(', ')
  return `${text}\n\n*Basic engine (no AI model): ${done}.*`
}

const rules = [
  {
    asked: /short|concis|brief|tight|trim|\bcut\b|kürz|knapp|straff|court|breve|corto/i,
    did: 'took out filler words',
    apply: (text: string) => byLine(text, withoutFiller),
  },
  {
    asked: /short|simpl|plain|clear|split|readab|kürz|einfach|verständlich|simple|clair|clar/i,
    did: 'split long sentences',
    apply: (text: string) =>
      byLine(text, (line) => (line.length < SPLITTABLE ? line : joined(sentencesOf(line).map(split)))),
  },
  {
    asked: /bullet|\blists?\b|stichpunkt|aufzählung|\bliste?\b|\blista\b/i,
    did: 'made a list of the sentences',
    apply: (text: string) =>
      byLine(text, (line) =>
        sentencesOf(line)
          .map((sentence) => `- ${sentence}`)
          .join('\n'),
      ),
  },
]

/** Leaves alone what a rule for prose would break: headings, lists, quotations, tables, indented code. */
function byLine(text: string, change: (line: string) => string): string {
  return text
    .split('\n')
    .map((line) => (/^(?:\s*$|\s*[#>|]|\s*(?:[-*+]|\d+[.)])\s| {4}|\t)/.test(line) ? line : change(line)))
    .join('\n')
}

function tidy(text: string): string {
  return text
    .replace(/\r\n?/g, '\n')
    .split('\n')
    .map((line) => line.trimEnd())
    .join('\n')
    .replace(/(?<=\S)[^\S\n]{2,}(?=\S)/g, ' ')
    .replace(/(?<=\p{L}) +(?=[,.](?:\s|$))/gmu, '')
    .replace(/([!?])\1+/g, '$1')
    .replace(/\n{3,}/g, '\n\n')
}

function withoutFiller(line: string): string {
  return line
    .replace(/\bin order to\b/gi, (found) => (found.startsWith('I') ? 'To' : 'to'))
    .replace(/\bdue to the fact that\b/gi, (found) => (found.startsWith('D') ? 'Because' : 'because'))
    .replace(fillers, '')
    .replace(/^ +/, '')
    .replace(/^\p{Ll}/u, (letter) => letter.toUpperCase())
}

/** Shorter lines, in characters, can hold no sentence that is too long; a poem has thousands of them. */
const SPLITTABLE = 60

const fillers =
  /(?<![\p{L}\p{N}'’-])(?:actually|basically|certainly|clearly|definitely|essentially|literally|obviously|quite|really|simply|totally|very|eigentlich|gewissermaßen|grundsätzlich|natürlich|quasi|sehr|sozusagen|wirklich)\s+(?=\p{L})/giu

/** A sentence of more than 24 words ends at the semicolon or ", and" nearest its middle. */
function split(sentence: string): string {
  const words = wordsOf(sentence).length
  if (words <= 24) return sentence
  const joints = [...sentence.matchAll(/;\s+|,\s+(?:and|but|so|und|aber|et|mais|y|pero)\s+(?=\p{L})/giu)]
  const middle = sentence.length / 2
  const joint = joints.sort((a, b) => Math.abs(a.index - middle) - Math.abs(b.index - middle))[0]
  if (!joint) return sentence
  const rest = sentence.slice(joint.index + joint[0].length)
  return `${sentence.slice(0, joint.index)}. ${rest.charAt(0).toUpperCase()}${rest.slice(1)}`
}
