import { z } from 'zod'
import { EXAMPLE_IDS } from '@/lib/openapi/examples'
import { json, operation } from '@/lib/openapi/operation'
import { ledger, ledgerQuery } from '@/lib/schemas/ledger'
import { usage } from '@/lib/schemas/usage'

const resetsAt = '2026-01-13T00:00:00.000Z'

export const readUsage = operation({
  id: 'readUsage',
  method: 'GET',
  path: '/api/usage',
  tag: 'Usage',
  summary: 'Read what is left',
  description: 'The balance, and for each tool its price and how often it may still be used today.',
  access: 'required',
  scope: 'usage:read',
  responses: {
    200: {
      description: 'What there is.',
      content: json(usage, {
        credits: 19,
        tier: 'free',
        tools: [
          { tool: 'draft', limit: 20, used: 0, resetsAt, hold: 4 },
          { tool: 'rewrite', limit: 20, used: 0, resetsAt, hold: 2 },
          { tool: 'summarize', limit: 20, used: 0, resetsAt, hold: 1 },
          { tool: 'titles', limit: 20, used: 1, resetsAt, hold: 1 },
        ],
      }),
    },
  },
})

export const listLedger = operation({
  id: 'listLedger',
  method: 'GET',
  path: '/api/usage/ledger',
  tag: 'Usage',
  summary: 'List the ledger',
  description:
    'Every credit that came or went, with its reason, newest first. With `Accept: text/csv`, all of it as a file, whatever ' +
    '`limit` and `cursor` say.',
  access: 'required',
  scope: 'usage:read',
  query: ledgerQuery,
  responses: {
    200: {
      description: 'A page of entries; or, as CSV, all of them.',
      headers: ['Link', 'Content-Disposition'],
      content: {
        ...json(ledger, {
          entries: [
            {
              id: '1042',
              kind: 'hold',
              amount: -1,
              balance: 19,
              generationId: EXAMPLE_IDS.generation,
              reason: 'titles',
              createdAt: '2026-01-12T16:05:00.000Z',
            },
          ],
          nextCursor: null,
        }),
        'text/csv': {
          schema: z.string().meta({ description: 'RFC 4180, with a header line, in UTF-8.' }),
          examples: {
            example: {
              value:
                'id,createdAt,kind,amount,balance,generationId,reason\r\n' +
                `1042,2026-01-12T16:05:00.000Z,hold,-1,19,${EXAMPLE_IDS.generation},titles\r\n`,
            },
          },
        },
      },
    },
  },
})
