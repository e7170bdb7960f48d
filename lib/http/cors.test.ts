import { expect, test } from '@playwright/test'
import { corsHeaders } from '@/lib/http/cors'

const ALLOWED = ['https://a.example', 'https://b.example']

const rows: { name: string; origin: string | null; allowed: string[]; answer: string; varies: boolean }[] = [
  { name: 'any origin by default', origin: 'https://x.example', allowed: ['*'], answer: '*', varies: false },
  { name: 'any origin, none given', origin: null, allowed: ['*'], answer: '*', varies: false },
  {
    name: 'any origin among others',
    origin: 'https://x.example',
    allowed: [...ALLOWED, '*'],
    answer: '*',
    varies: false,
  },
  {
    name: 'an origin that may',
    origin: 'https://b.example',
    allowed: ALLOWED,
    answer: 'https://b.example',
    varies: true,
  },
  {
    name: 'one that may not',
    origin: 'https://x.example',
    allowed: ALLOWED,
    answer: 'https://a.example',
    varies: true,
  },
  {
    name: 'one that only begins so',
    origin: 'https://a.example.evil',
    allowed: ALLOWED,
    answer: 'https://a.example',
    varies: true,
  },
  { name: 'null', origin: 'null', allowed: ALLOWED, answer: 'https://a.example', varies: true },
  { name: 'no origin', origin: null, allowed: ALLOWED, answer: 'https://a.example', varies: true },
]

for (const { name, origin, allowed, answer, varies } of rows) {
  test(`answers ${name}`, () => {
    const headers = corsHeaders(origin, 'GET, OPTIONS', allowed)
    expect(headers['Access-Control-Allow-Origin']).toBe(answer)
    expect(headers.Vary).toBe(varies ? 'Origin' : undefined)
    expect(headers['Access-Control-Allow-Methods']).toBe('GET, OPTIONS')
    expect(headers).not.toHaveProperty('Access-Control-Allow-Credentials')
  })
}
