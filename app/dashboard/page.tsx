import type { Metadata } from 'next'
import Link from 'next/link'
import { GenerationTable } from '@/components/generation-table'
import { PostTable } from '@/components/post-table'
import { ButtonLink } from '@/components/ui/button'
import { Empty } from '@/components/ui/empty'
import { PageHeader } from '@/components/ui/page-header'
import { Section } from '@/components/ui/section'
import { UsageTable } from '@/components/usage-table'
import { requireViewer } from '@/lib/auth/session'
import { postListQuery } from '@/lib/schemas/posts'
import { listGenerations } from '@/lib/services/generations'
import { listPosts, scheduledTimes } from '@/lib/services/posts'
import { usageOf, usageSince } from '@/lib/services/usage'

export const metadata: Metadata = { title: 'Overview' }

export default async function DashboardPage() {
  const viewer = await requireViewer('/dashboard')
  const [today, past, { posts }, generations] = await Promise.all([
    usageOf(viewer),
    usageSince(viewer, 30),
    listPosts(viewer, postListQuery.parse({ limit: 5 })),
    listGenerations(viewer, 5),
  ])
  const scheduled = await scheduledTimes(viewer, posts)
  return (
    <>
      <PageHeader title={`Good to see you, ${viewer.name}`}>
        <ButtonLink href="/dashboard/generate" variant="secondary">
          Generate
        </ButtonLink>
        <ButtonLink href="/dashboard/posts/new">New post</ButtonLink>
      </PageHeader>
      <Section title="Recent posts">
        {posts.length > 0 ? (
          <PostTable posts={posts} scheduled={scheduled} />
        ) : (
          <Empty title="Nothing written yet">Begin with a blank page, or let a draft be generated.</Empty>
        )}
      </Section>
      <Section title="Recent generations">
        {generations.length > 0 ? (
          <GenerationTable generations={generations} />
        ) : (
          <Empty
            title="No generations yet"
            action={
              <Link href="/dashboard/generate" className="text-link">
                Generate a draft
              </Link>
            }
          />
        )}
      </Section>
      <Section title="Usage" lede="The last 30 days, and what is left of today. Days end at midnight UTC.">
        <UsageTable today={today} past={past} />
      </Section>
    </>
  )
}
