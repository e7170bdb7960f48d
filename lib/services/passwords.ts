import { hash, verify } from '@node-rs/argon2'

/** argon2id (the library’s default) with 19 MiB, two passes and one lane: OWASP’s password storage cheat sheet. */
const OPTIONS = { memoryCost: 19_456, timeCost: 2, parallelism: 1 }

/** The password as it is kept: an argon2id hash that names its own parameters and salt. */
export function hashPassword(password: string): Promise<string> {
  return hash(password, OPTIONS)
}

/**
 * Whether the password is the one that was hashed. With no hash (no such account) it takes as long as
 * with one, so that the time of an answer does not tell which addresses have accounts.
 */
export async function passwordMatches(password: string, stored: string | null): Promise<boolean> {
  decoy ??= hashPassword('nobody has this password')
  const matches = await verify(stored ?? (await decoy), password)
  return stored !== null && matches
}

let decoy: Promise<string> | undefined
