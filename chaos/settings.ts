/** What every instance is started with. Times are short, so that a minute holds many leases. */
export const LEASE_MS = 3_000
export const SWEEP_MS = 1_000
/** Longest life of a generation that nothing disturbs. */
export const MODEL_TIMEOUT_MS = 6_000
/** Low enough to be reached within a day of the chaos' own making, see `newDay`. */
export const SPEND_CAP = 100

export function instanceEnv(databaseUrl: string, modelUrl: string, dataDir: string): Record<string, string> {
  return {
    NODE_OPTIONS: '',
    NODE_ENV: 'production',
    NEXT_MANUAL_SIG_HANDLE: 'true',
    LOG_LEVEL: 'warn',
    DATABASE_URL: databaseUrl,
    DATA_DIR: dataDir,
    SESSION_SECRET: process.env.SESSION_SECRET ?? '',
    AI_BASE_URL: modelUrl,
    AI_API_KEY: '',
    AI_MODEL: 'test-model',
    AI_TIMEOUT_MS: String(MODEL_TIMEOUT_MS),
    AI_STALL_MS: '1500',
    GENERATION_LEASE_MS: String(LEASE_MS),
    SWEEP_INTERVAL_MS: String(SWEEP_MS),
    SPEND_CAP_CREDITS_PER_DAY: String(SPEND_CAP),
    TRUSTED_PROXIES: '',
  }
}
