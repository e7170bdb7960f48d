import { Button } from '@/components/ui/button'
import { Empty } from '@/components/ui/empty'
import { Field } from '@/components/ui/field'
import { Pager } from '@/components/ui/pager'
import { Section } from '@/components/ui/section'
import { isId } from '@/lib/ids'
import type { Operator } from '@/lib/services/operators/operator'
import { findUserByEmail, searchUsers } from '@/lib/services/operators/users'
import { UserAccount } from './user-account'
import { UserTable } from './user-table'

const PAGE = 10

type UsersProps = { operator: Operator; email: string; before: string }

/** Finds accounts by address. Where that leaves one, what can be done for it stands right here. */
export async function Users({ operator, email, before }: UsersProps) {
  const [exact, found] = await Promise.all([
    findUserByEmail(operator, email),
    searchUsers(operator, { email, limit: PAGE + 1, before: isId(before) ? before : null }),
  ])
  const shown = exact ? [exact] : found.slice(0, PAGE)
  const only = email.trim() !== '' && shown.length === 1 ? shown[0] : null
  const more = !exact && found.length > PAGE
  const link = (from: Record<string, string>) => `/admin?${new URLSearchParams({ email, ...from })}`
  return (
    <Section title="Users" lede="Search by a part of the address; the newest come first.">
      {/* A plain GET form: the address says what is shown, and can be kept. */}
      <form action="/admin" className="mb-6 flex max-w-measure flex-wrap items-end gap-4">
        <div className="min-w-52 flex-1">
          <Field name="email" label="Email" inputMode="email" autoComplete="off" defaultValue={email} />
        </div>
        <Button type="submit" variant="secondary">
          Search
        </Button>
      </form>
      {shown.length > 0 ? (
        <UserTable users={shown} />
      ) : (
        <Empty title="No account has this in its address">Try a shorter part of it.</Empty>
      )}
      <Pager
        newer={before ? link({}) : null}
        older={more ? link({ before: shown.at(-1)?.id ?? '' }) : null}
      />
      {only && (
        <div className="mt-8">
          <UserAccount key={only.id} user={only} />
        </div>
      )}
    </Section>
  )
}
