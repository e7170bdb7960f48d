import { signOutEverywhere } from '@/actions/accounts'
import { Form } from '@/components/ui/form'
import { Section } from '@/components/ui/section'
import { SubmitButton } from '@/components/ui/submit'
import { Time } from '@/components/ui/time'
import type { listSessions } from '@/lib/services/sessions'

type SessionsProps = { sessions: Awaited<ReturnType<typeof listSessions>>; current: string }

export function Sessions({ sessions, current }: SessionsProps) {
  return (
    <Section title="Sessions" lede="Where you are logged in.">
      <ul className="mb-5 max-w-measure divide-y divide-line border-y border-line">
        {sessions.map(({ id, userAgent, lastSeenAt }) => (
          <li key={id} className="py-3">
            <p className="line-clamp-2 break-words">{userAgent || 'A browser that does not say its name'}</p>
            <p className="text-sm text-soft">
              {id === current ? 'This one. ' : ''}Last seen <Time value={lastSeenAt} />
            </p>
          </li>
        ))}
      </ul>
      <Form action={signOutEverywhere}>
        <SubmitButton variant="danger" className="self-start">
          Sign out everywhere
        </SubmitButton>
      </Form>
    </Section>
  )
}
