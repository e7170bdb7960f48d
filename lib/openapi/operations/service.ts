import { z } from 'zod'
import { json, operation } from '@/lib/openapi/operation'
import { health, healthQuery } from '@/lib/schemas/health'

export const readHealth = operation({
  id: 'readHealth',
  method: 'GET',
  path: '/api/health',
  tag: 'Service',
  summary: 'Ask how it is',
  description: 'Answers as soon as the server lives; with `ready`, only while it can serve.',
  access: 'public',
  query: healthQuery,
  responses: {
    200: {
      description: 'It lives; with `ready`, it serves.',
      content: json(health, { status: 'ok', version: '0.1.0' }),
    },
  },
  problems: ['unavailable'],
})

const document = z.looseObject({ openapi: z.string().regex(/^3\.1\./) }).describe('This document.')

export const readDocument = operation({
  id: 'readDocument',
  method: 'GET',
  path: '/api/openapi.json',
  tag: 'Service',
  summary: 'Read this document',
  description: 'The description of the API in OpenAPI 3.1, for generators, linters and other tools.',
  access: 'public',
  reads: ['If-None-Match'],
  responses: {
    200: {
      description: 'The document.',
      headers: ['ETag'],
      content: json(document, { openapi: '3.1.1', info: { title: 'Inkwell', version: '1' }, paths: {} }),
    },
    304: { description: 'It has not changed since the `ETag` you have.', headers: ['ETag'] },
  },
})
