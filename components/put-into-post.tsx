import Link from 'next/link'
import { placeInPost } from '@/actions/generations'
import { Hidden } from '@/components/ui/field'
import { Form } from '@/components/ui/form'
import { SubmitButton } from '@/components/ui/submit'
import { titlesIn } from '@/lib/editing/generated'
import type { Place } from '@/lib/schemas/generations'
import type { PostView } from '@/lib/schemas/posts'
import type { Tool } from '@/lib/schemas/tools'

type PutIntoPostProps = {
  generation: { id: string; tool: Tool; result: string }
  post: PostView
  /** The passage that was rewritten still stands in the post. */
  hasPassage: boolean
}

/** Where a finished text may go in the post that it was asked for. Each choice saves a new version. */
export function PutIntoPost({ generation, post, hasPassage }: PutIntoPostProps) {
  const { id, tool, result } = generation
  return (
    <section aria-labelledby="put" className="mt-10 max-w-measure border-t border-line pt-6">
      <h2 id="put" className="text-xl">
        Put into the post
      </h2>
      <p className="mt-1 mb-4 text-soft">
        <Link href={`/dashboard/posts/${post.id}`} className="text-link">
          {post.title}
        </Link>{' '}
        gets a new version; its history has yours.
      </p>
      <Form action={placeInPost}>
        <Hidden name="id" value={id} />
        <Hidden name="post" value={post.id} />
        <Hidden name="version" value={String(post.version)} />
        {tool === 'titles' ? (
          <>
            <Hidden name="place" value="title" />
            <ul className="flex flex-col gap-2">
              {titlesIn(result).map((title, index) => (
                <li key={title} className="flex items-center justify-between gap-4">
                  <span className="min-w-0 font-serif text-lg">{title}</span>
                  <SubmitButton
                    name="choice"
                    value={String(index)}
                    variant="secondary"
                    size="sm"
                    className="shrink-0"
                  >
                    Use this title
                  </SubmitButton>
                </li>
              ))}
            </ul>
          </>
        ) : (
          <div className="flex flex-wrap gap-3">
            {placesFor(tool, hasPassage).map(({ place, name }) => (
              <SubmitButton key={place} name="place" value={place} variant="secondary">
                {name}
              </SubmitButton>
            ))}
          </div>
        )}
      </Form>
    </section>
  )
}

function placesFor(tool: Tool, hasPassage: boolean): { place: Place; name: string }[] {
  const append = { place: 'append', name: 'At the end of the text' } as const
  if (tool === 'summarize') return [{ place: 'excerpt', name: 'As excerpt' }, append]
  if (tool === 'rewrite' && hasPassage) {
    return [{ place: 'passage', name: 'In place of the passage' }, append]
  }
  return [append, { place: 'content', name: 'In place of the text' }]
}
