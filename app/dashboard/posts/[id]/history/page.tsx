import type { Metadata } from 'next'
import Link from 'next/link'
import { PageHeader } from '@/components/ui/page-header'
import { Pager } from '@/components/ui/pager'
import { VersionList } from '@/components/version-list'
import { requireViewer } from '@/lib/auth/session'
import { orNotFound } from '@/lib/http/or-not-found'
import { listVersions, readPost, readVersion } from '@/lib/services/posts'

export const metadata: Metadata = { title: 'History' }

const PAGE = 20

/** The versions of a post. One is opened by its address, so that a long history is not a long page. */
export default async function HistoryPage({
  params,
  searchParams,
}: PageProps<'/dashboard/posts/[id]/history'>) {
  const { id } = await params
  const here = `/dashboard/posts/${id}/history`
  const viewer = await requireViewer(here)
  const post = await orNotFound(readPost(viewer, id))
  const { version, before: from } = await searchParams
  const [before, asked] = [wholeNumber(from), wholeNumber(version)]
  const versions = await listVersions(viewer, id, PAGE + 1, before)
  const shown = versions.slice(0, PAGE)
  const open = shown.some((one) => one.version === asked) ? await readVersion(viewer, id, asked ?? 0) : null
  return (
    <>
      <PageHeader
        title="History"
        lede="What the post said after each save, newest first. Restoring makes a new version."
      >
        <Link href={`/dashboard/posts/${id}`} className="text-link">
          Edit post
        </Link>
      </PageHeader>
      <VersionList
        post={post}
        versions={shown}
        open={open}
        link={(query) => `${here}?${pageOf(before)}${query}`}
      />
      <Pager
        newer={before ? here : null}
        older={versions.length > PAGE ? `${here}?before=${shown.at(-1)?.version}` : null}
      />
    </>
  )
}

function wholeNumber(value: string | string[] | undefined): number | null {
  return typeof value === 'string' && /^\d{1,9}$/.test(value) ? Number(value) : null
}

function pageOf(before: number | null): string {
  return before ? `before=${before}&` : ''
}
