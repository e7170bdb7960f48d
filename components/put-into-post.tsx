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
  /** What it goes into where the post is public: nobody has said that its readers are to see it yet. */
  draft: { id: string; revision: number } | null
  /** The passage that was rewritten still stands in the post. */
  hasPassage: boolean
}

/** Where a finished text may go in the post that it was asked for. Each choice saves a new version, or goes into a draft. */
export function PutIntoPost({ generation, post, draft, hasPassage }: PutIntoPostProps) {
  const { id, tool, result } = generation
  return (
    <section aria-labelledby="put" className="mt-10 max-w-measure border-t border-line pt-6">
      <h2 id="put" className="text-xl">
        Put into the post
      </h2>
      <p className="mt-1 mb-4 text-soft">
        {/* Loaded anew, since the draft in it is. */}
        <a href={`/dashboard/posts/${post.id}${draft ? `?draft=${draft.id}` : ''}`} className="text-link">
          {post.title}
        </a>{' '}
        {draft
          ? 'is public: your draft of it gets this, and its readers see nothing of it before you save.'
          : 'gets a new version; its history has yours.'}
      </p>
      <Form action={placeInPost}>
        <Hidden name="id" value={id} />
        <Hidden name="post" value={post.id} />
        <Hidden name="draft" value={draft?.id ?? ''} />
        <Hidden name="version" value={String(draft?.revision ?? post.version)} />
        {tool === 'titles' ? (
          <>
            <Hidden name="place" value="title" />
            <ul className="flex flex-col gap-2">
              {titlesIn(result).map((title, index) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: two may be the same, and their order never changes
                <li key={index} className="flex items-center justify-between gap-4">
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
