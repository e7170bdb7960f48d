/** What a post is about, as links to what else is. @param keys what the tags are found by, in the same order. */
export function Tags({ tags, keys }: { tags: readonly string[]; keys: readonly string[] }) {
  if (tags.length === 0) return null
  return (
    <ul aria-label="Tags" className="mt-10 flex flex-wrap gap-2">
      {tags.map((tag, index) => (
        <li key={tag} className="min-w-0">
          <a
            href={`/posts/tag/${encodeURIComponent(keys[index] ?? '')}`}
            rel="tag"
            className="inline-block rounded-control border border-line bg-leaf px-3 py-1 text-sm text-soft no-underline hover:border-accent hover:text-accent"
          >
            {tag}
          </a>
        </li>
      ))}
    </ul>
  )
}
