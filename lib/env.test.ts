import path from 'node:path'
import { expect, test } from '@playwright/test'
import { EnvError, readEnv } from '@/lib/env'

const SECRET = 'a secret of at least thirty-two characters'

const BUCKET = {
  S3_ENDPOINT: 'https://s3.example',
  S3_REGION: 'eu-north-1',
  S3_BUCKET: 'pictures.example',
  S3_ACCESS_KEY_ID: 'AKIA1',
  S3_SECRET_ACCESS_KEY: 'a/b+c=',
}

test('nothing is required, and unset means what the contract says', () => {
  expect(readEnv({})).toEqual({
    NODE_ENV: 'development',
    production: false,
    PORT: 3000,
    APP_URL: 'http://localhost:3000',
    DATA_DIR: path.resolve('.data'),
    AI_TIMEOUT_MS: 120_000,
    AI_STALL_MS: 20_000,
    GENERATION_LEASE_MS: 30_000,
    SWEEP_INTERVAL_MS: 15_000,
    UPLOAD_MAX_BYTES: 10_485_760,
    TRUSTED_PROXIES: [],
    CORS_ORIGINS: ['*'],
    MAIL_FROM: 'Inkwell <inkwell@localhost>',
    LOG_LEVEL: 'info',
  })
})

test('an empty variable counts as unset', () => {
  const names = Object.keys(readEnv({})).concat([
    'DATABASE_URL',
    'SESSION_SECRET',
    'AI_BASE_URL',
    'AI_API_KEY',
    'AI_MODEL',
    'SPEND_CAP_CREDITS_PER_DAY',
    'SMTP_URL',
    ...Object.keys(BUCKET),
  ])
  expect(readEnv(Object.fromEntries(names.map((name) => [name, ''])))).toEqual(readEnv({}))
})

const good: { given: Record<string, string>; read: Record<string, unknown> }[] = [
  { given: { PORT: '8080' }, read: { PORT: 8080, APP_URL: 'http://localhost:8080' } },
  { given: { APP_URL: 'https://write.example//' }, read: { APP_URL: 'https://write.example' } },
  { given: { AI_BASE_URL: 'http://10.0.0.1:8000/v1/' }, read: { AI_BASE_URL: 'http://10.0.0.1:8000/v1' } },
  { given: { DATABASE_URL: 'postgres://a@b/c' }, read: { DATABASE_URL: 'postgres://a@b/c' } },
  { given: { SESSION_SECRET: `${SECRET}, ${SECRET}2` }, read: { SESSION_SECRET: [SECRET, `${SECRET}2`] } },
  { given: { TRUSTED_PROXIES: '10.0.0.0/8, ::1 ,' }, read: { TRUSTED_PROXIES: ['10.0.0.0/8', '::1'] } },
  {
    given: { CORS_ORIGINS: 'https://a.example,http://localhost:5173' },
    read: { CORS_ORIGINS: ['https://a.example', 'http://localhost:5173'] },
  },
  { given: { DATABASE_URL: 'postgresql://a@localhost/c?host=%2Frun%2Fpg' }, read: {} },
  { given: { DATABASE_URL: 'postgresql://a:p%zz w@b:5432/c' }, read: {} },
  { given: { DATABASE_URL: 'postgresql://a:b@[::1]:5432/c' }, read: {} },
  { given: { DATABASE_URL: 'postgresql://a@/c?host=/run/postgresql' }, read: {} },
  { given: { SPEND_CAP_CREDITS_PER_DAY: '0' }, read: { SPEND_CAP_CREDITS_PER_DAY: 0 } },
  { given: { SMTP_URL: 'smtp://localhost:2525' }, read: { SMTP_URL: 'smtp://localhost:2525' } },
  { given: { SMTP_URL: 'smtps://a%40b.example:p%2Fw@mail.example' }, read: {} },
  {
    given: { APP_URL: 'https://write.example:8443' },
    read: { MAIL_FROM: 'Inkwell <inkwell@write.example>' },
  },
  { given: { MAIL_FROM: 'Ink Well <ink@b.example>' }, read: { MAIL_FROM: 'Ink Well <ink@b.example>' } },
  { given: { MAIL_FROM: 'ink@b.example' }, read: { MAIL_FROM: 'ink@b.example' } },
  { given: { UPLOAD_MAX_BYTES: '1024' }, read: { UPLOAD_MAX_BYTES: 1024 } },
  { given: { NODE_ENV: 'production' }, read: { production: true } },
]

for (const { given, read } of good) {
  test(`reads ${JSON.stringify(given)}`, () => expect(readEnv(given)).toMatchObject(read))
}

const bad: Record<string, string[]> = {
  PORT: ['http', '-1', '65536', '80.5', ' ', '0x50'],
  APP_URL: ['write.example', 'ftp://write.example', '//write.example', 'javascript:alert(1)'],
  DATABASE_URL: [
    'mysql://a@b/c',
    'localhost:5432',
    'file:./dev.db',
    'postgresql://a:b@c:notaport/d',
    'postgresql://a@b:99999/c',
    'postgresql://a@[::1/c',
  ],
  SESSION_SECRET: ['short', `${SECRET},short`, ',', ' '],
  AI_BASE_URL: ['localhost:8000', 'ws://localhost/v1'],
  AI_TIMEOUT_MS: ['2m', '0', '-5', '99', '1.5', 'Infinity', '86400001'],
  AI_STALL_MS: ['soon', ' ', '1e4'],
  S3_ENDPOINT: ['s3.example', 's3://pictures'],
  S3_REGION: ['eu north', ' '],
  S3_BUCKET: ['Pictures', 'my_pictures', 'ab', '-pictures', 'pictures/2026', 'x'.repeat(64)],
  S3_ACCESS_KEY_ID: ['two words'],
  S3_SECRET_ACCESS_KEY: ['pasted with its end\n'],
  UPLOAD_MAX_BYTES: ['10MB', '0', '-1', '1023', '2048.5', '1073741825', 'Infinity', '\t'],
  SPEND_CAP_CREDITS_PER_DAY: [' ', '\n', '-1', '1.5', 'many', '1000000001'],
  SMTP_URL: ['mail.example', 'http://mail.example', 'smtp://', 'smtp://mail.example:notaport'],
  MAIL_FROM: ['Inkwell', 'a@b@c', '<a@b>', 'a b@c', 'Ink\nBcc: <a@b.example>', 'a@b, c@d'],
  GENERATION_LEASE_MS: ['half a minute'],
  SWEEP_INTERVAL_MS: ['1'],
  TRUSTED_PROXIES: ['proxy.example', '10.0.0.0/33', '10.0.0.1;10.0.0.2', '::1/129', '*'],
  CORS_ORIGINS: ['app.example', 'https://app.example/', 'https://app.example/app', ','],
  LOG_LEVEL: ['loud', 'INFO'],
}

for (const [name, values] of Object.entries(bad)) {
  for (const value of values) {
    test(`names ${name} for ${JSON.stringify(value)}`, () => {
      const read = () => readEnv({ [name]: value })
      expect(read).toThrow(EnvError)
      expect(read).toThrow(new RegExp(`^${name}(\\.\\d+)?: \\S`))
    })
  }
}

test('names everything that is wrong at once', () => {
  const read = () => readEnv({ PORT: 'http', LOG_LEVEL: 'loud', DATABASE_URL: 'mysql://a' })
  expect(read).toThrow(/^PORT: .+\nDATABASE_URL: .+\nLOG_LEVEL: .+$/)
})

test('instances that share a database in production must share the secret', () => {
  const shared = { DATABASE_URL: 'postgresql://a@b/c', NODE_ENV: 'production' }
  expect(() => readEnv(shared)).toThrow(/^SESSION_SECRET: must be set/)
  expect(() => readEnv({ ...shared, SESSION_SECRET: SECRET })).not.toThrow()
  expect(() => readEnv({ ...shared, NODE_ENV: 'development' })).not.toThrow()
})

test('a bucket is told of whole, or not at all', () => {
  expect(readEnv(BUCKET).S3).toEqual({
    endpoint: 'https://s3.example',
    region: 'eu-north-1',
    bucket: 'pictures.example',
    accessKeyId: 'AKIA1',
    secretAccessKey: 'a/b+c=',
  })
  for (const name of Object.keys(BUCKET)) {
    expect(() => readEnv({ ...BUCKET, [name]: '' }), name).toThrow(
      new RegExp(`^${name}: must be set, [^\\n]+$`),
    )
  }
  expect(() => readEnv({ S3_BUCKET: 'pictures' })).toThrow(/^S3_ENDPOINT: .+\nS3_REGION: .+\n.+\n.+$/)
})

test('a message never repeats the value, which may be a secret', () => {
  for (const [name, value] of [
    ['SESSION_SECRET', 'hunter2'],
    ['S3_SECRET_ACCESS_KEY', 'hunter2 '],
    ['DATABASE_URL', 'postgresql://a:hunter2@c:notaport/d'],
    ['SMTP_URL', 'smtp://a:hunter2@c:notaport'],
  ] as const)
    expect(() => readEnv({ [name]: value }), name).toThrow(/^(?!.*hunter2)/s)
})
