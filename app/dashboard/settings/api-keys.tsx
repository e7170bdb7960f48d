import Link from 'next/link'
import { createKey, revokeKey, rotateKey } from '@/actions/api-keys'
import { NewKey } from '@/components/new-key'
import { CheckboxGroup } from '@/components/ui/checkbox-group'
import { Empty } from '@/components/ui/empty'
import { Field, Hidden, Select } from '@/components/ui/field'
import { Form } from '@/components/ui/form'
import { Section } from '@/components/ui/section'
import { SubmitButton } from '@/components/ui/submit'
import { Time } from '@/components/ui/time'
import { KEY_LIFETIMES, OVERLAPS, SCOPES } from '@/lib/schemas/api-keys'
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
            <ApiKey key={key.id} of={key} />
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
        <Field
          name="budget"
          label="Budget"
          inputMode="numeric"
          hint="Credits that may be spent with this key. Leave it empty for as many as you have."
        />
        <SubmitButton className="self-start">Create key</SubmitButton>
      </Form>
    </Section>
  )
}

type Key = Awaited<ReturnType<typeof listApiKeys>>[number]

function ApiKey({ of: key }: { of: Key }) {
  return (
    <li className="flex flex-col gap-2 py-3">
      <div className="flex flex-wrap items-center justify-between gap-3">
        <div>
          <p className="font-medium">
            {key.name} <code className="text-sm text-soft">{key.prefix}…</code>
          </p>
          <p className="text-sm text-soft">{key.scopes.join(', ')}</p>
          <p className="text-sm text-soft">
            <Lifetime of={key} />
          </p>
          {key.budget !== null && (
            <p className="text-sm text-soft">
              {key.spent} of {key.budget} credits spent
            </p>
          )}
        </div>
        <Form action={revokeKey}>
          <Hidden name="id" value={key.id} />
          <SubmitButton variant="danger" size="sm">
            Revoke
          </SubmitButton>
        </Form>
      </div>
      <Form action={rotateKey} className="max-w-md">
        <NewKey />
        <details>
          <summary className="w-fit cursor-pointer text-sm text-accent">Replace it by a new key</summary>
          <div className="mt-3 flex flex-col gap-4">
            <Hidden name="id" value={key.id} />
            <Select
              name="overlapHours"
              label="The old key"
              hint="So that the program that uses it can change over."
              defaultValue="24"
              options={OVERLAPS.map((hours) => ({ value: String(hours), label: OVERLAP_NAMES[hours] }))}
            />
            <SubmitButton size="sm" className="self-start">
              Rotate
            </SubmitButton>
          </div>
        </details>
      </Form>
    </li>
  )
}

const OVERLAP_NAMES: Record<(typeof OVERLAPS)[number], string> = {
  0: 'Ends at once',
  1: 'Works for an hour',
  24: 'Works for a day',
  168: 'Works for a week',
}

function Lifetime({ of: { expiresAt, lastUsedAt, previousUntil } }: { of: Key }) {
  return (
    <>
      {expiresAt ? (
        <>
          Expires <Time value={expiresAt} show="date" />
        </>
      ) : (
        'Does not expire'
      )}
      {', '}
      {lastUsedAt ? (
        <>
          last used <Time value={lastUsedAt} />
        </>
      ) : (
        'never used'
      )}
      {previousUntil && previousUntil > new Date() && (
        <>
          , the key before works until <Time value={previousUntil} />
        </>
      )}
    </>
  )
}
