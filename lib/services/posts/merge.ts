import { diff3Merge } from 'node-diff3'
import type { PostView } from '@/lib/schemas/posts'

/** What is written in a post. */
export type PostText = Pick<PostView, 'title' | 'content' | 'excerpt'>

/** `conflicts` names what both have changed, each place of the content by itself. */
export type MergedText = { text: PostText; conflicts: (keyof PostText)[] }

/**
 * Puts together what two have made of one text: whatever only one of them changed is taken from that one. Where both
 * changed the same lines of the content, both are there, marked as by `diff3` and Git; of a title or an excerpt that both
 * changed, mine stands.
 *
 * @param base the text that both began with.
 */
export function mergeTexts(base: PostText, mine: PostText, theirs: PostText): MergedText {
  const content = mergeLines(base.content, mine.content, theirs.content)
  const conflicts: MergedText['conflicts'] = (['title', 'excerpt'] as const).filter(
    (name) => mine[name] !== base[name] && theirs[name] !== base[name] && mine[name] !== theirs[name],
  )
  const either = (name: 'title' | 'excerpt') => (mine[name] === base[name] ? theirs[name] : mine[name])
  return {
    text: { title: either('title'), content: content.text, excerpt: either('excerpt') },
    conflicts: [...conflicts, ...Array<'content'>(content.conflicts).fill('content')],
  }
}

function mergeLines(base: string, mine: string, theirs: string): { text: string; conflicts: number } {
  const regions = diff3Merge(mine.split('\n'), base.split('\n'), theirs.split('\n'), {
    excludeFalseConflicts: true,
  })
  const lines = regions.flatMap(({ ok, conflict }) =>
    conflict ? ['<<<<<<< yours', ...conflict.a, '=======', ...conflict.b, '>>>>>>> theirs'] : (ok ?? []),
  )
  return { text: lines.join('\n'), conflicts: regions.filter(({ conflict }) => conflict).length }
}
