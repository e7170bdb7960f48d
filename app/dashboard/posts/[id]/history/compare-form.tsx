import { Button } from '@/components/ui/button'
import { Field } from '@/components/ui/field'

type CompareFormProps = {
  from: number
  to: number
  /** The page of the history that is shown begins before this version. */
  before: number | null
}

/**
 * Asks for any two versions to be compared, by their numbers: a history may be longer than its page. A plain GET form, so
 * that what it shows has an address.
 */
export function CompareForm({ from, to, before }: CompareFormProps) {
  return (
    <form method="get" className="mb-8 flex flex-wrap items-end gap-4">
      {before !== null && <input type="hidden" name="before" value={before} />}
      <div className="w-36">
        <Field name="from" label="From version" inputMode="numeric" defaultValue={String(from)} />
      </div>
      <div className="w-36">
        <Field name="to" label="To version" inputMode="numeric" defaultValue={String(to)} />
      </div>
      <Button type="submit" variant="secondary">
        Compare
      </Button>
    </form>
  )
}
