import type { Metadata } from 'next'
import { ButtonLink } from '@/components/ui/button'
import { PageHeader } from '@/components/ui/page-header'
import { Section } from '@/components/ui/section'
import { requireViewer } from '@/lib/auth/session'
import { listApiKeys } from '@/lib/services/api-keys'
import { listSessions } from '@/lib/services/sessions'
import { ApiKeys } from './api-keys'
import { Profile } from './profile'
import { Sessions } from './sessions'

export const metadata: Metadata = { title: 'Settings' }

export default async function SettingsPage() {
  const viewer = await requireViewer('/dashboard/settings')
  const [keys, sessions] = await Promise.all([listApiKeys(viewer), listSessions(viewer)])
  return (
    <>
      <PageHeader title="Settings" />
      <Profile viewer={viewer} />
      <ApiKeys keys={keys} />
      <Section
        title="Your writing"
        lede="Bring posts from Ghost, WordPress or Markdown, or take all of yours away."
      >
        <ButtonLink href="/dashboard/transfer" variant="secondary">
          Import and export
        </ButtonLink>
      </Section>
      <Sessions
        sessions={sessions}
        current={viewer.credential.kind === 'session' ? viewer.credential.sessionId : ''}
      />
    </>
  )
}
