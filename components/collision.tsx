'use client'

import { useFormState } from './ui/form-context'
import { SubmitButton } from './ui/submit'
import { Time } from './ui/time'

/** What somebody else saved meanwhile, beside what was typed, and the way to put both together. */
export function Collision() {
  const { theirs } = useFormState().data
  if (!theirs) return null
  const { version, title, content, excerpt, updatedAt } = JSON.parse(theirs)
  return (
    <section
      aria-label="The other version"
      className="flex flex-col items-start gap-4 rounded-control border border-line bg-leaf px-5 py-5"
    >
      <div>
        <h2 className="font-semibold">The other version</h2>
        <p className="text-sm text-soft">
          Version {version}, saved <Time value={updatedAt} />. Yours is in the fields.
        </p>
      </div>
      <div className="w-full">
        <p className="font-serif text-lg">{title}</p>
        {excerpt && <p className="mt-2 text-soft">{excerpt}</p>}
        <section
          // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by the keyboard
          tabIndex={0}
          aria-label="Their text"
          className="mt-3 max-h-80 overflow-auto border-t border-line pt-3 font-serif whitespace-pre-wrap"
        >
          {content}
        </section>
      </div>
      <SubmitButton name="intent" value="merge" variant="secondary">
        Put both together
      </SubmitButton>
    </section>
  )
}
