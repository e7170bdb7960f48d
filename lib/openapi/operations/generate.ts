import { z } from 'zod'
import { EXAMPLE_IDS, exampleGeneration, runningGeneration, stoppedGeneration } from '@/lib/openapi/examples'
import { json, operation } from '@/lib/openapi/operation'
import { generateInput, generateQuery, generation } from '@/lib/schemas/generations'
import { quote } from '@/lib/schemas/usage'

/** A stream of server-sent events; what each of them is, `GenerationEvent` says. */
const events = {
  'text/event-stream': {
    schema: z.string().meta({
      description:
        'Server-sent events: `start`, then a `delta` for each piece of text, with an `id`, then `done` or `error`. ' +
        'A comment line comes at least every 15 seconds.',
      contentMediaType: 'text/event-stream',
      contentSchema: { $ref: '#/components/schemas/GenerationEvent' },
    }),
    examples: {
      succeeded: {
        summary: 'Two titles',
        value: [
          `event: start\ndata: {"id":"${EXAMPLE_IDS.generation}","held":1}\n`,
          'id: 1\nevent: delta\ndata: {"text":"The Lamp at Four\\n"}\n',
          'id: 2\nevent: delta\ndata: {"text":"Home by the Light"}\n',
          `event: done\ndata: ${JSON.stringify({
            ...exampleGeneration,
            result: 'The Lamp at Four\nHome by the Light',
          })}\n\n`,
        ].join('\n'),
      },
    },
  },
} as const

export const generate = operation({
  id: 'generate',
  method: 'POST',
  path: '/api/generate',
  tag: 'Generate',
  summary: 'Generate text',
  description: `Holds the tool’s price, lets the model write, charges what was delivered and gives the rest back. A client that goes
away stops nothing: the text is kept, and \`GET /api/generate/{id}\` has it.

With \`Accept: application/json\` it waits for the end. With \`Accept: text/event-stream\` it tells the text as it comes; a
call with the same \`Idempotency-Key\` joins the stream, after \`Last-Event-ID\` if that is sent. Where \`Accept\` likes both
alike, it waits.

With \`dryRun\` it only says what would be held and what is left, or refuses as it would: always in JSON, whichever of the
two types was asked for.

Without credentials, \`summarize\` and \`titles\` may be used a few times a day from one address, and cost nothing.`,
  access: 'optional',
  scope: 'generate',
  query: generateQuery,
  body: generateInput,
  bodyExamples: {
    titles: {
      summary: 'Five titles for a text',
      value: { tool: 'titles', text: 'The lamp is lit at four, and the boats come home by it.' },
    },
    draft: { summary: 'A draft of a post', value: { prompt: 'A lighthouse in winter, in 300 words' } },
  },
  reads: ['Last-Event-ID'],
  idempotent: true,
  responses: {
    200: {
      description: 'What was written; or, of a dry run, the price and what is left.',
      headers: ['Content-Location'],
      content: {
        'application/json': {
          schema: z.union([generation, quote]),
          examples: {
            generation: { summary: 'What was written', value: exampleGeneration },
            dryRun: {
              summary: 'A dry run',
              value: {
                tool: 'draft',
                hold: 4,
                balance: 20,
                dailyLimit: 20,
                used: 0,
                resetsAt: '2026-01-13T00:00:00.000Z',
              },
            },
          },
        },
        ...events,
      },
    },
  },
  problems: [
    'insufficient_credits',
    'forbidden',
    'not_found',
    'in_progress',
    'daily_limit',
    'spend_cap',
    'provider_failed',
    'provider_timeout',
  ],
})

export const readGeneration = operation({
  id: 'readGeneration',
  method: 'GET',
  path: '/api/generate/{id}',
  tag: 'Generate',
  summary: 'Read a generation',
  description: `As it is now, with the text as far as it has come. With \`Accept: text/event-stream\`, as it comes: from the beginning,
or after \`Last-Event-ID\`, with nothing lost or doubled, from any instance.`,
  access: 'optional',
  scope: 'generate',
  reads: ['Last-Event-ID'],
  responses: {
    200: {
      description: 'The generation; `running` too, and `failed` with the text that had come.',
      content: { ...json(generation, runningGeneration), ...events },
    },
  },
  problems: ['not_found'],
})

export const stopGeneration = operation({
  id: 'stopGeneration',
  method: 'POST',
  path: '/api/generate/{id}/stop',
  tag: 'Generate',
  summary: 'Stop a generation',
  description: 'What was delivered is kept, and charged; the rest of the hold comes back. It takes no body.',
  access: 'optional',
  scope: 'generate',
  responses: {
    200: {
      description: 'It had ended already: nothing changed.',
      content: json(generation, stoppedGeneration),
    },
    202: {
      description: 'It is being stopped, wherever it runs. `GET /api/generate/{id}` has the end.',
      content: json(generation, runningGeneration),
    },
  },
  problems: ['not_found'],
})
