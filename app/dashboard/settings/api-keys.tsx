import Link from 'next/link'
import { createKey, revokeKey } from '@/actions/api-keys'
import { NewKey } from '@/components/new-key'
import { CheckboxGroup } from '@/components/ui/checkbox-group'
import { Empty } from '@/components/ui/empty'
import { Field, Hidden, Select } from '@/components/ui/field'
import { Form } from '@/components/ui/form'
import { Section } from '@/components/ui/section'
import { SubmitButton } from '@/components/ui/submit'
import { Time } from '@/components/ui/time'
import { KEY_LIFETIMES, SCOPES } from '@/lib/schemas/api-keys'
import type { listApiKeys } from '@/lib/services/api-keys'

export function ApiKeys({ keys }: { keys: Awaited<ReturnType<typeof listApiKeys>> }) {
  return (
    <Section
      title="API keys"
      lede={
        <>
          For other programs: they reach your posts and your credits under /api. The{' '}
          <Link href="/docs/api" prefetch={false} className="text-link">
            API reference
          </Link>{' '}
          has examples to paste.
        </>
      }
    >
      {keys.length === 0 ? (
        <Empty title="No keys yet" />
      ) : (
        <ul className="max-w-measure divide-y divide-line border-y border-line">
          {keys.map((key) => (
            <li key={key.id} className="flex flex-wrap items-center justify-between gap-3 py-3">
              <div>
                <p className="font-medium">
                  {key.name} <code className="text-sm text-soft">{key.prefix}…</code>
                </p>
                <p className="text-sm text-soft">{key.scopes.join(', ')}</p>
                <p className="text-sm text-soft">
                  {key.expiresAt ? (
                    <>
                      Expires <Time value={key.expiresAt} show="date" />
                    </>
                  ) : (
                    'Does not expire'
                  )}
                  {', '}
                  {key.lastUsedAt ? (
                    <>
                      last used <Time value={key.lastUsedAt} />
                    </>
                  ) : (
                    'never used'
                  )}
                </p>
              </div>
              <Form action={revokeKey}>
                <Hidden name="id" value={key.id} />
                <SubmitButton variant="danger" size="sm">
                  Revoke
                </SubmitButton>
              </Form>
            </li>
          ))}
        </ul>
      )}
      <h3 className="mt-8 mb-4 text-lg">New key</h3>
      <Form action={createKey} clearOnOk className="max-w-md">
        <NewKey />
        <Field name="name" label="Key name" hint="What it is for, such as the program’s name." />
        <CheckboxGroup
          name="scopes"
          label="Scopes"
          hint="What the key may do."
          options={SCOPES.map((scope) => ({ value: scope, label: scope }))}
        />
        <Select
          name="expiresInDays"
          label="Expiry"
          defaultValue="90"
          options={KEY_LIFETIMES.map((days) => ({
            value: String(days),
            label: days === 0 ? 'Never' : `After ${days} days`,
          }))}
        />
        <SubmitButton className="self-start">Create key</SubmitButton>
      </Form>
    </Section>
  )
}
