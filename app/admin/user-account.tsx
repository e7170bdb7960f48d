import { grantToUser, saveTier } from '@/actions/admin'
import { LedgerTable } from '@/components/ledger-table'
import { Empty } from '@/components/ui/empty'
import { Field, Hidden, Select } from '@/components/ui/field'
import { Form } from '@/components/ui/form'
import { SubmitButton } from '@/components/ui/submit'
import { newId } from '@/lib/ids'
import { ACCOUNT_TIERS } from '@/lib/schemas/admin'
import { listLedger } from '@/lib/services/credits'
import type { UserView } from '@/lib/services/operators/users'

/** What an operator can do for an account, and what became of its credits last. */
export async function UserAccount({ user }: { user: UserView }) {
  const entries = await listLedger({ userId: user.id }, 10, null)
  return (
    <>
      <div className="grid gap-x-12 gap-y-10 lg:grid-cols-2">
        <Form action={saveTier} className="max-w-md">
          <Hidden name="userId" value={user.id} />
          <Select
            name="tier"
            label="Tier"
            hint="Decides prices, daily limits and the monthly allowance, from now on."
            defaultValue={user.tier}
            options={ACCOUNT_TIERS.map((tier) => ({ value: tier, label: tier }))}
          />
          <SubmitButton variant="secondary" className="self-start">
            Save
          </SubmitButton>
        </Form>
        <Form action={grantToUser} clearOnOk className="max-w-md">
          <Hidden name="userId" value={user.id} />
          {/* Sent twice, this form is one gift. */}
          <Hidden name="attempt" value={newId()} />
          <Field
            name="credits"
            label="Credits"
            hint="A whole number."
            inputMode="numeric"
            autoComplete="off"
          />
          <Field name="reason" label="Reason" hint="The writer reads it in the ledger." autoComplete="off" />
          <SubmitButton className="self-start">Grant credits</SubmitButton>
        </Form>
      </div>
      <h3 className="mt-10 mb-4 text-lg">Latest entries</h3>
      {entries.length > 0 ? <LedgerTable entries={entries} /> : <Empty title="No entries yet" />}
    </>
  )
}
