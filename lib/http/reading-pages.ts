/**
 * Whether this is where one reads, and does nothing else: a post, or a list of posts. These pages need no JavaScript, and
 * are sent without any.
 */
export function isReadingPage(pathname: string): boolean {
  return /^\/posts(?:\/|$)/.test(pathname)
}
