/** What a link to the post with this slug is known by. */
export function ghostLinkKeys(slug: string | null | undefined): string[] {
  return slug ? [`ghost:${slug}`] : []
}

/**
 * By the slug at the end of its path, whatever its site has set before that (`/2023/07/a-post/`); a preview by the id of
 * its post. Pages that Ghost makes of many posts are none.
 */
export function ghostLinkKey(path: string): string | null {
  const segments = path
    .replace(/[?#].*$/s, '')
    .split('/')
    .filter(Boolean)
  if (segments.at(-1) === 'amp') segments.pop()
  if (OF_MANY.has(segments[0] ?? '')) return null
  const slug = segments.at(-1)
  return slug ? `ghost:${slug}` : null
}

const OF_MANY = new Set(['author', 'content', 'ghost', 'members', 'page', 'rss', 'tag'])
