import type { Metadata } from 'next'
import Link from 'next/link'
import { Notice } from '@/components/ui/notice'
import { PageHeader } from '@/components/ui/page-header'
import { Pager } from '@/components/ui/pager'
import { VersionList } from '@/components/version-list'
import { requireViewer } from '@/lib/auth/session'
import { AppError } from '@/lib/errors'
import { orNotFound } from '@/lib/http/or-not-found'
import { listVersions, readPost, readVersion } from '@/lib/services/posts'
import type { Viewer } from '@/lib/services/viewer'
import { CompareForm } from './compare-form'
import { Comparison } from './comparison'

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
  const asked = await searchParams
  const [before, version] = [wholeNumber(asked.before), wholeNumber(asked.version)]
  const [from, to] = [wholeNumber(asked.from), wholeNumber(asked.to)]
  const versions = await listVersions(viewer, id, PAGE + 1, before)
  const shown = versions.slice(0, PAGE)
  const open = shown.some((one) => one.version === version)
    ? await readVersion(viewer, id, version ?? 0)
    : null
  const isAsked = asked.from !== undefined && asked.to !== undefined
  const compared = from && to ? await bothVersions(viewer, id, from, to) : null
  const [newest, last] = [shown[0], shown.at(-1)]
  return (
    <>
      <PageHeader
        title="History"
        lede="What the post said after each save, and its tags, address and cover then, newest first. Restoring makes a new version."
      >
        <Link href={`/dashboard/posts/${id}`} className="text-link">
          Edit post
        </Link>
      </PageHeader>
      {newest && last && post.version > 1 && (
        <CompareForm from={from ?? last.version} to={to ?? newest.version} before={before} />
      )}
      {compared && <Comparison from={compared[0]} to={compared[1]} />}
      {isAsked && !compared && (
        <Notice role="status" tone="warning" className="mb-8">
          This post has no such two versions. Its latest is version {post.version}.
        </Notice>
      )}
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

/** Null where one of them is not there. */
async function bothVersions(viewer: Viewer, id: string, from: number, to: number) {
  const both = Promise.all([readVersion(viewer, id, from), readVersion(viewer, id, to)])
  return both.catch((error: unknown) => {
    if (error instanceof AppError && error.code === 'not_found') return null
    throw error
  })
}

function wholeNumber(value: string | string[] | undefined): number | null {
  return typeof value === 'string' && /^\d{1,9}$/.test(value) ? Number(value) : null
}

function pageOf(before: number | null): string {
  return before ? `before=${before}&` : ''
}
