import type { Metadata } from 'next'
import Link from 'next/link'
import { PageHeader } from '@/components/ui/page-header'
import { Pager } from '@/components/ui/pager'
import { VersionList } from '@/components/version-list'
import { requireViewer } from '@/lib/auth/session'
import { AppError } from '@/lib/errors'
import { type FormState, idle } from '@/lib/http/form-state'
import { orNotFound } from '@/lib/http/or-not-found'
import { listVersions, type PostVersion, readPost, readVersion } from '@/lib/services/posts'
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
  const compared = {
    from: await findVersion(viewer, id, from),
    to: await findVersion(viewer, id, to),
  }
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
        <CompareForm
          state={refusalOf(asked, compared, post.version)}
          from={from ?? last.version}
          to={to ?? newest.version}
          before={before}
        />
      )}
      {compared.from && compared.to && <Comparison from={compared.from} to={compared.to} />}
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

/** Null where there is none of that number. */
async function findVersion(viewer: Viewer, id: string, version: number | null): Promise<PostVersion | null> {
  if (version === null) return null
  return readVersion(viewer, id, version).catch((error: unknown) => {
    if (error instanceof AppError && error.code === 'not_found') return null
    throw error
  })
}

/** What of two versions that were asked for can't be compared; nothing where none were. */
function refusalOf(asked: Asked, found: Record<Side, PostVersion | null>, latest: number): FormState {
  if (asked.from === undefined && asked.to === undefined) return idle
  const wrong = SIDES.filter((side) => !found[side])
  if (wrong.length === 0) return idle
  const values = Object.fromEntries(SIDES.map((side) => [side, [asked[side] ?? ''].flat()[0] ?? '']))
  const errors = Object.fromEntries(
    wrong.map((side) => [
      side,
      values[side]
        ? `There is no version “${values[side]}”. The latest is ${latest}.`
        : `Give the number of a version. The latest is ${latest}.`,
    ]),
  )
  const [said, another] = Object.values(errors)
  return { ...idle, status: 'error', values, errors, message: another ? null : (said ?? null) }
}

const SIDES = ['from', 'to'] as const
type Side = (typeof SIDES)[number]
type Asked = Record<string, string | string[] | undefined>

function wholeNumber(value: string | string[] | undefined): number | null {
  return typeof value === 'string' && /^\d{1,9}$/.test(value) ? Number(value) : null
}

function pageOf(before: number | null): string {
  return before ? `before=${before}&` : ''
}
