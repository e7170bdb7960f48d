import { abridged, compareTexts } from '@/lib/editing/compare'

/** What has become of a text: what went struck out, what came underlined, and of the rest what stands round it. */
export function ChangedText({ before, after }: { before: string; after: string }) {
  const parts = abridged(compareTexts(before, after)).map((part, index) => ({ ...part, key: index }))
  return (
    <div className="max-w-measure font-serif text-lg leading-relaxed whitespace-pre-wrap">
      {parts.map((part) => {
        switch (part.kind) {
          case 'added':
            return (
              <ins key={part.key} className="bg-good-wash text-good decoration-1 underline-offset-4">
                {part.text}
              </ins>
            )
          case 'removed':
            return (
              <del key={part.key} className="bg-danger-wash text-danger">
                {part.text}
              </del>
            )
          case 'left':
            return (
              <p key={part.key} className="my-2 border-y border-line py-1 font-sans text-sm text-soft">
                {part.lines} lines are the same.
              </p>
            )
          default:
            return <span key={part.key}>{part.text}</span>
        }
      })}
    </div>
  )
}
