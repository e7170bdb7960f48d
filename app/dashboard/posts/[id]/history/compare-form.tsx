import { Button } from '@/components/ui/button'
import { Select } from '@/components/ui/field'
import type { VersionSummary } from '@/lib/services/posts'

type CompareFormProps = {
  /** Newest first. */
  versions: readonly VersionSummary[]
  from: number | null
  to: number | null
  /** The page of the history that is shown begins before this version. */
  before: number | null
}

/** Asks for two versions to be compared: a plain GET form, so that what it shows has an address. */
export function CompareForm({ versions, from, to, before }: CompareFormProps) {
  const [newest, last] = versions
  if (!newest || !last) return null
  const options = versions.map(({ version, title }) => ({
    value: String(version),
    label: `${version}: ${title}`,
  }))
  return (
    <form method="get" className="mb-8 flex flex-wrap items-end gap-4">
      {before !== null && <input type="hidden" name="before" value={before} />}
      <div className="min-w-0 grow basis-40 sm:max-w-72">
        <Select
          name="from"
          label="From version"
          options={options}
          defaultValue={String(from ?? last.version)}
        />
      </div>
      <div className="min-w-0 grow basis-40 sm:max-w-72">
        <Select name="to" label="To version" options={options} defaultValue={String(to ?? newest.version)} />
      </div>
      <Button type="submit" variant="secondary">
        Compare
      </Button>
    </form>
  )
}
