import { savePassword, saveProfile } from '@/actions/accounts'
import { Field } from '@/components/ui/field'
import { Form } from '@/components/ui/form'
import { Section } from '@/components/ui/section'
import { SubmitButton } from '@/components/ui/submit'
import type { Viewer } from '@/lib/services/viewer'

export function Profile({ viewer }: { viewer: Viewer }) {
  return (
    <>
      <Section title="Profile" lede={`You log in as ${viewer.email}.`}>
        <Form action={saveProfile} className="max-w-md">
          <Field name="name" label="Name" defaultValue={viewer.name} autoComplete="name" />
          <SubmitButton className="self-start">Save profile</SubmitButton>
        </Form>
      </Section>
      <Section title="Password" lede="Changing it ends every other session.">
        <Form action={savePassword} className="max-w-md">
          <Field
            name="currentPassword"
            label="Current password"
            type="password"
            autoComplete="current-password"
          />
          <Field
            name="newPassword"
            label="New password"
            type="password"
            autoComplete="new-password"
            hint="At least 8 characters."
          />
          <SubmitButton className="self-start">Change password</SubmitButton>
        </Form>
      </Section>
    </>
  )
}
