import { mkdirSync } from 'node:fs'
import path from 'node:path'
import ipaddr from 'ipaddr.js'
import { z } from 'zod'
import { UPLOAD_MAX_BYTES } from '@/lib/body-limits'

/**
 * The environment, read once and checked: contract section 4. Nothing is required.
 *
 * @throws EnvError naming every bad variable and what is wrong with it; the start stops there.
 */
export function env(): Env {
  cached ??= readEnv(process.env)
  return cached
}

export type Env = ReturnType<typeof readEnv>

export class EnvError extends Error {
  override name = 'EnvError'
}

let cached: Env | undefined

const milliseconds = (fallback: number) =>
  z.coerce.number('must be a number of milliseconds').int().min(100).max(86_400_000).default(fallback)

const httpUrl = z
  .url({ protocol: /^https?$/, error: 'must be an http:// or https:// URL' })
  .transform((url) => url.replace(/\/+$/, ''))

const list = z.string().transform((value) =>
  value
    .split(',')
    .map((item) => item.trim())
    .filter(Boolean),
)

/** As browsers spell it in `Origin`: one with a path, or only a slash, would never match. */
function isOrigin(value: string): boolean {
  return /^[a-z][a-z\d+.-]*:\/\/[^/?#]+$/.test(value) && URL.canParse(value)
}

const schema = z.object({
  NODE_ENV: z.string().default('development'),
  PORT: z.coerce.number('must be a port number').int().min(0).max(65_535).default(3000),
  APP_URL: httpUrl.optional(),
  DATA_DIR: z.string().default('.data'),
  DATABASE_URL: z
    .string()
    .regex(/^postgres(ql)?:\/\//, 'must start with postgresql://')
    .optional(),
  SESSION_SECRET: list
    .refine(
      (all) => all.length > 0 && all.every((one) => one.length >= 32),
      'each secret must have at least 32 characters',
    )
    .optional(),
  AI_BASE_URL: httpUrl.optional(),
  AI_API_KEY: z.string().optional(),
  AI_MODEL: z.string().optional(),
  AI_TIMEOUT_MS: milliseconds(120_000),
  AI_STALL_MS: milliseconds(20_000),
  GENERATION_LEASE_MS: milliseconds(30_000),
  SWEEP_INTERVAL_MS: milliseconds(15_000),
  UPLOAD_MAX_BYTES: z.coerce
    .number('must be a number of bytes')
    .int('must be a whole number of bytes')
    .min(1024, 'must be at least 1024 bytes')
    .max(1_073_741_824, 'must be at most 1073741824 bytes, 1 GiB')
    .default(UPLOAD_MAX_BYTES),
  SPEND_CAP_CREDITS_PER_DAY: z.coerce.number('must be a number of credits').int().min(0).optional(),
  TRUSTED_PROXIES: list
    .refine(
      (all) => all.every((one) => ipaddr.isValid(one) || ipaddr.isValidCIDR(one)),
      'must be addresses or CIDRs, separated by commas',
    )
    .default([]),
  CORS_ORIGINS: list
    .refine(
      (all) => all.length > 0 && all.every((one) => one === '*' || isOrigin(one)),
      'must be * or origins such as https://example.com, separated by commas',
    )
    .default(['*']),
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('info'),
})

/** Parses variables as given; an empty one counts as unset, as `docker run -e NAME=` leaves it. */
export function readEnv(source: Record<string, string | undefined>) {
  const given = Object.fromEntries(Object.entries(source).filter(([, value]) => value !== ''))
  const parsed = schema.safeParse(given)
  if (!parsed.success) {
    throw new EnvError(
      parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`).join('\n'),
    )
  }
  const it = parsed.data
  if (it.DATABASE_URL && it.NODE_ENV === 'production' && !it.SESSION_SECRET) {
    throw new EnvError('SESSION_SECRET: must be set when DATABASE_URL is, so that all instances share it')
  }
  return {
    ...it,
    APP_URL: it.APP_URL ?? `http://localhost:${it.PORT}`,
    DATA_DIR: path.resolve(it.DATA_DIR),
    production: it.NODE_ENV === 'production',
  }
}

/** DATA_DIR, made if need be; nobody else on the machine may look into it. */
export function dataDir(): string {
  mkdirSync(env().DATA_DIR, { recursive: true, mode: 0o700 })
  return env().DATA_DIR
}
