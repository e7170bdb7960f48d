import { hash } from 'node:crypto'
import { AppError } from '@/lib/errors'
import type { PostView } from '@/lib/schemas/posts'

/** A post's strong validator (RFC 9110, 8.8.3): it has one for each version of it. */
export function postTag(post: Pick<PostView, 'version'>): string {
  return `"v${post.version}"`
}

/** A list's weak validator: the same for the same rows at the same versions, or whatever else tells one list from another. */
export function listTag(value: unknown): string {
  return `W/${strongTag(value)}`
}

/** A strong validator of something that is always written out the same. */
export function strongTag(value: unknown): string {
  return `"${hash('sha256', JSON.stringify(value), 'base64url').slice(0, 22)}"`
}

/** Whether the caller tells what it has, and not just that it has something. */
export function namesTags(request: Request): boolean {
  return !['', '*'].includes(request.headers.get('if-none-match')?.trim() ?? '')
}

/** Whether the caller has it already. Weak comparison, as RFC 9110, 13.1.2 has it for If-None-Match. */
export function isFresh(request: Request, tag: string): boolean {
  const header = request.headers.get('if-none-match')
  if (header === null) return false
  const weak = (one: string) => one.trim().replace(/^W\//, '')
  return header.trim() === '*' || header.split(',').some((one) => weak(one) === weak(tag))
}

/**
 * The versions that `If-Match` allows to be changed, or null for `*`.
 *
 * @throws AppError `precondition_required` if the header is missing.
 */
export function expectedVersions(request: Request): number[] | null {
  if (request.headers.get('if-match')?.trim()) return expectedVersionsIfAny(request)
  throw new AppError(
    'precondition_required',
    'Say which version you are changing: If-Match with its ETag, or *.',
  )
}

/**
 * The same where the header need not be there: null without it, too. Strong comparison (RFC 9110, 13.1.1): a weak or
 * foreign tag matches nothing.
 */
export function expectedVersionsIfAny(request: Request): number[] | null {
  const header = request.headers.get('if-match')?.trim()
  if (!header || header === '*') return null
  return header
    .split(',')
    .flatMap((tag) => /^"v(\d{1,9})"$/.exec(tag.trim())?.[1] ?? [])
    .map(Number)
}
