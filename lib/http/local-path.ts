/** Where to go after logging in: only a path of this site, whatever `?next=` says. */
export function localPath(next: string | undefined, fallback = '/dashboard'): string {
  if (!next?.startsWith('/')) return fallback
  // `//host`, `/\host` and control characters are read as other sites by some browsers; the parser knows them all.
  const base = 'http://inkwell.invalid'
  if (!URL.canParse(next, base)) return fallback
  const url = new URL(next, base)
  // `/.//host` has become `//host` only now.
  if (url.origin !== base || url.pathname.startsWith('//')) return fallback
  return `${url.pathname}${url.search}${url.hash}`
}
