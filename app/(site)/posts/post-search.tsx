import { Button } from '@/components/ui/button'
import { Field } from '@/components/ui/field'

/** A plain GET form: the address says what was searched for, and can be kept. */
export function PostSearch({ q = '' }: { q?: string }) {
  return (
    <search>
      <form action="/posts" className="mb-10 flex items-end gap-3">
        <div className="min-w-0 flex-1">
          <Field name="q" label="Search" type="search" defaultValue={q} required />
        </div>
        <Button type="submit" variant="secondary">
          Search
        </Button>
      </form>
    </search>
  )
}
