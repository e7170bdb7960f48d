import { keyPhrases } from '@/lib/providers/model/basic/phrases'
import { clip } from '@/lib/providers/model/basic/segment'
import { bestFirst, proseSentences } from '@/lib/providers/model/basic/summary'
import { titleFrom } from '@/lib/providers/model/basic/titles'

/** Headings and questions in Markdown that a writer can answer one after another. Makes no claim to be a post. */
export function outline({ prompt, text, brief }: { prompt: string; text: string; brief: string }): string {
  const topic =
    titleFrom(withoutRequest(proseSentences(prompt)[0] ?? '')) || titleFrom(proseSentences(text)[0] ?? '')
  if (!topic) return ''
  const phrases = keyPhrases(proseSentences(`${withoutRequest(prompt)}\n\n${text}`), 6)
  const sections = phrases.filter((phrase) => phrase.toLowerCase() !== topic.toLowerCase()).slice(0, 3)

  return [
    `# ${topic}`,
    '> This is an outline from the basic engine, with no AI model: headings and questions, for you to answer.',
    section('The opening', [
      'What happened, or what did you notice, that makes this worth writing now?',
      'What should a reader know after the first paragraph?',
    ]),
    ...sections.map((phrase) =>
      section(titleFrom(phrase), [
        `What do you know about “${phrase}” that others don't?`,
        'Which example, number or quotation shows it?',
      ]),
    ),
    section('The other side', ['Who would disagree, and what would they say?', 'What is still open?']),
    section('The close', ['What should a reader do, think or feel at the end?']),
    notes('From your text', text, 4),
    notes('To keep in mind', brief, 6),
  ]
    .filter(Boolean)
    .join('\n\n')
}

function section(heading: string, questions: string[]): string {
  return `## ${heading}\n\n${questions.map((question) => `- ${question}`).join('\n')}`
}

function notes(heading: string, source: string, most: number): string {
  const sentences = bestFirst(proseSentences(source)).slice(0, most)
  if (sentences.length === 0) return ''
  const lines = sentences.sort((a, b) => a.index - b.index).map(({ sentence }) => `- ${clip(sentence, 300)}`)
  return `## ${heading}\n\n${lines.join('\n')}`
}

/** "Write a post about lighthouses" is about lighthouses. */
function withoutRequest(prompt: string): string {
  const request =
    /^\s*(?:please\s+)?(?:write|draft|create|compose)\s+(?:me\s+)?(?:an?|the)?\s*(?:[\w-]+\s+){0,3}?(?:about|on)\s+(?=\S)/i
  return prompt.replace(request, '')
}
