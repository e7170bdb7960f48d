import { savePolicy } from '@/actions/admin'
import { Field, Hidden } from '@/components/ui/field'
import { FigureField } from '@/components/ui/figure-field'
import { Form } from '@/components/ui/form'
import { SubmitButton } from '@/components/ui/submit'
import { Table } from '@/components/ui/table'
import { holdName, limitName, MEGABYTE } from '@/lib/schemas/admin'
import { toolNames } from '@/lib/schemas/tools'
import { seenOf, type TierPolicy } from '@/lib/services/operators/policies'

/** Everything of one tier in one form, so that saving one figure loses no other that was typed. */
export function PolicyForm({ policy, name }: { policy: TierPolicy; name: string }) {
  const { tier, tools, monthlyAllowance, dailyBudget, uploadQuota } = policy
  return (
    <Form action={savePolicy} aria-label={name} className="max-w-measure">
      <Hidden name="tier" value={tier} />
      <Hidden name="seen" value={seenOf(policy)} />
      <Table caption={`${name}: tools`}>
        <thead>
          <tr>
            <th scope="col">Tool</th>
            <th scope="col" data-figure>
              Price
            </th>
            <th scope="col" data-figure>
              A day, −1 is no limit
            </th>
          </tr>
        </thead>
        <tbody>
          {tools.map(({ tool, hold, dailyLimit }) => (
            <tr key={tool}>
              <td className="align-middle!">{toolNames[tool]}</td>
              <td>
                <FigureField
                  name={holdName(tool)}
                  label={`${toolNames[tool]}: price`}
                  defaultValue={String(hold)}
                />
              </td>
              <td>
                <FigureField
                  name={limitName(tool)}
                  label={`${toolNames[tool]}: daily limit`}
                  defaultValue={String(dailyLimit)}
                />
              </td>
            </tr>
          ))}
        </tbody>
      </Table>
      {tier === 'anonymous' ? (
        <Field
          name="dailyBudget"
          label="Daily budget"
          hint="Tries a day by all visitors together. Left empty, there is no limit."
          inputMode="numeric"
          className="max-w-40"
          defaultValue={dailyBudget === null ? '' : String(dailyBudget)}
        />
      ) : (
        <>
          <Field
            name="monthlyAllowance"
            label="Monthly allowance"
            hint="Credits given once a month to each account of the tier. Who has had this month’s gets no second."
            inputMode="numeric"
            className="max-w-40"
            defaultValue={String(monthlyAllowance)}
          />
          <Field
            name="uploadMegabytes"
            label="Room for uploads"
            hint="In MB, for each account of the tier. Left empty, there is no limit. What is there already stays."
            inputMode="numeric"
            className="max-w-40"
            defaultValue={uploadQuota === null ? '' : String(Math.floor(uploadQuota / MEGABYTE))}
          />
        </>
      )}
      <SubmitButton className="self-start">Save</SubmitButton>
    </Form>
  )
}
