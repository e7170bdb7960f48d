import { Field } from '@/components/ui/field'

type AddressProps = { tags: readonly string[]; slug: string; hasBeenPublic: boolean }

/** What a post is found by: its tags and its address. */
export function AddressFields({ tags, slug, hasBeenPublic }: AddressProps) {
  return (
    <div className="grid items-end gap-5 sm:grid-cols-2">
      <Field
        name="tags"
        label="Tags"
        hint="At most ten, with commas between them."
        defaultValue={tags.join(', ')}
      />
      <Field
        name="slug"
        label="Address"
        hint={
          hasBeenPublic
            ? 'The end of its web address. The former one will lead on to a new one.'
            : 'The end of its web address. Left empty, it is made of the title.'
        }
        defaultValue={slug}
        autoCapitalize="none"
        spellCheck={false}
      />
    </div>
  )
}
