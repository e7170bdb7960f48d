import { Time } from '@/components/ui/time'
import { plainExcerpt } from '@/lib/markdown'
import type { ListedPost } from '@/lib/services/posts'

/** Posts as a list shows them: each with its title, its date and what it says in short. */
export async function PostTeasers({ posts }: { posts: readonly ListedPost[] }) {
  const excerpts = await Promise.all(posts.map(({ excerpt, content }) => excerpt || plainExcerpt(content)))
  return posts.map((post, index) => (
    <article key={post.id} className="mb-10">
      <h2 className="text-2xl">
        <a href={`/posts/${post.slug}`} className="text-ink no-underline hover:text-accent hover:underline">
          {post.title}
        </a>
      </h2>
      <p className="mt-1 text-sm text-soft">
        {post.publishedAt && <Time value={post.publishedAt} show="date" />}
      </p>
      <p className="mt-2 font-serif text-lg">{excerpts[index]}</p>
    </article>
  ))
}
