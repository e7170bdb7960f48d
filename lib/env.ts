import { accessSync, constants, mkdirSync } from 'node:fs'
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

/** A number as people write one. JavaScript would read blanks as 0, and `0x10` as 16. */
const number = (error: string) =>
  z
    .string()
    .regex(/^-?\d+(\.\d+)?$/, error)
    .transform(Number)

const milliseconds = (fallback: number) =>
  number('must be a number of milliseconds').pipe(z.int().min(100).max(86_400_000)).default(fallback)

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

/** As the driver reads it: without a host where a socket is named, and with characters that an address can't have. */
function canBeConnectedTo(value: string): boolean {
  const url = value.replace('@/', '@localhost/')
  return URL.canParse(url) || URL.canParse(encodeURI(url))
}

/** Without blanks, which are nothing but a slip where names and keys are pasted. */
const word = z.string().regex(/^\S+$/, 'must have no blanks')

const schema = z.object({
  NODE_ENV: z.string().default('development'),
  PORT: number('must be a port number').pipe(z.int().min(0).max(65_535)).default(3000),
  APP_URL: httpUrl.optional(),
  DATA_DIR: z.string().default('.data'),
  DATABASE_URL: z
    .string()
    .regex(/^postgres(ql)?:\/\//, 'must start with postgresql://')
    .refine(canBeConnectedTo, 'must be an address such as postgresql://user:password@host:5432/database')
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
  UPLOAD_MAX_BYTES: number('must be a number of bytes')
    .pipe(
      z
        .int('must be a whole number of bytes')
        .min(1024, 'must be at least 1024 bytes')
        .max(1_073_741_824, 'must be at most 1073741824 bytes, 1 GiB'),
    )
    .default(UPLOAD_MAX_BYTES),
  S3_ENDPOINT: httpUrl.optional(),
  S3_REGION: word.optional(),
  S3_BUCKET: z
    .string()
    .regex(
      /^[a-z\d][a-z\d.-]{1,61}[a-z\d]$/,
      'must be the name of a bucket: 3 to 63 small letters, digits, dots and hyphens',
    )
    .optional(),
  S3_ACCESS_KEY_ID: word.optional(),
  S3_SECRET_ACCESS_KEY: word.optional(),
  SPEND_CAP_CREDITS_PER_DAY: number('must be a number of credits')
    // What a day comes to is counted in an integer of the database’s.
    .pipe(z.int('must be a whole number of credits').min(0).max(1_000_000_000))
    .optional(),
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
  SMTP_URL: z
    .url({
      protocol: /^smtps?$/,
      hostname: /^\S+$/,
      error: 'must be an address such as smtps://user:password@host:465',
    })
    .optional(),
  MAIL_FROM: z
    .string()
    .regex(
      /^([^<>"\r\n]+ <[^\s<>@]+@[^\s<>@]+>|[^\s<>@]+@[^\s<>@]+)$/,
      'must be an address such as inkwell@example.com or Inkwell <inkwell@example.com>',
    )
    .optional(),
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
  const APP_URL = it.APP_URL ?? `http://localhost:${it.PORT}`
  return {
    ...it,
    S3: s3Settings(it),
    APP_URL,
    MAIL_FROM: it.MAIL_FROM ?? `Inkwell <inkwell@${new URL(APP_URL).hostname}>`,
    DATA_DIR: path.resolve(it.DATA_DIR),
    production: it.NODE_ENV === 'production',
  }
}

/** A bucket for uploads: `region` is what requests are signed for. */
export type S3Settings = {
  endpoint: string
  region: string
  bucket: string
  accessKeyId: string
  secretAccessKey: string
}

/** All five or none of them: a bucket that is half told of is no reason to fall back to the disk unseen. */
function s3Settings(it: z.output<typeof schema>): S3Settings | undefined {
  const { S3_ENDPOINT, S3_REGION, S3_BUCKET, S3_ACCESS_KEY_ID, S3_SECRET_ACCESS_KEY } = it
  if (S3_ENDPOINT && S3_REGION && S3_BUCKET && S3_ACCESS_KEY_ID && S3_SECRET_ACCESS_KEY) {
    return {
      endpoint: S3_ENDPOINT,
      region: S3_REGION,
      bucket: S3_BUCKET,
      accessKeyId: S3_ACCESS_KEY_ID,
      secretAccessKey: S3_SECRET_ACCESS_KEY,
    }
  }
  const all = { S3_ENDPOINT, S3_REGION, S3_BUCKET, S3_ACCESS_KEY_ID, S3_SECRET_ACCESS_KEY }
  const missing = Object.entries(all).flatMap(([name, value]) => (value ? [] : [name]))
  if (missing.length === Object.keys(all).length) return undefined
  throw new EnvError(
    missing.map((name) => `${name}: must be set, since others of the bucket’s are`).join('\n'),
  )
}

/**
 * DATA_DIR, made if need be; nobody else on the machine may look into it.
 *
 * @throws EnvError where it is not, and can't become, a folder that this process may write into.
 */
export function dataDir(): string {
  const folder = env().DATA_DIR
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 })
    accessSync(folder, constants.R_OK | constants.W_OK | constants.X_OK)
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException
    throw new EnvError(`DATA_DIR: must be a folder that can be written into (${code})`, { cause })
  }
  return folder
}
