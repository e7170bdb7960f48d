import { Button } from '@/components/ui/button'
import { Field, Select } from '@/components/ui/field'

/** A plain GET form: the address says what is shown, and can be kept. */
export function PostFilter({ q, status }: { q: string; status: string }) {
  return (
    <form action="/dashboard/posts" className="mb-6 flex flex-wrap items-end gap-4">
      <div className="min-w-52 flex-1">
        <Field name="q" label="Search" type="search" defaultValue={q} />
      </div>
      <Select
        name="status"
        label="Status"
        defaultValue={status}
        options={[
          { value: 'all', label: 'All' },
          { value: 'draft', label: 'Drafts' },
          { value: 'published', label: 'Published' },
        ]}
      />
      <Button type="submit" variant="secondary">
        Search
      </Button>
    </form>
  )
}
