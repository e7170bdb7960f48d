import Link from 'next/link'
import { putBackVersion } from '@/actions/posts'
import { Prose } from '@/components/prose'
import { Hidden } from '@/components/ui/field'
import { Form } from '@/components/ui/form'
import { SubmitButton } from '@/components/ui/submit'
import { Time } from '@/components/ui/time'
import { VersionDetailList } from '@/components/version-details'
import { renderMarkdown } from '@/lib/markdown'
import type { PostView } from '@/lib/schemas/posts'
import type { PostVersion, VersionSummary } from '@/lib/services/posts'

type VersionListProps = {
  post: PostView
  versions: VersionSummary[]
  /** The one whose text is shown. */
  open: PostVersion | null
  /** The address of this list with something more in its query. */
  link: (query: string) => string
}

export function VersionList({ post, versions, open, link }: VersionListProps) {
  return (
    <ol className="divide-y divide-line border-y border-line">
      {versions.map(({ version, title, createdAt }) => (
        <li key={version} className="py-4">
          <div className="flex flex-wrap items-center justify-between gap-x-6 gap-y-3">
            <div className="min-w-0">
              <Link
                href={link(version === open?.version ? '' : `version=${version}`)}
                scroll={false}
                aria-current={version === open?.version || undefined}
                className="text-link font-serif text-lg"
              >
                {title}
              </Link>
              <p id={`version-${version}`} className="text-sm text-soft">
                Version {version}, saved <Time value={createdAt} />
              </p>
            </div>
            {version === post.version ? (
              <p className="text-sm text-soft">This is how it stands</p>
            ) : (
              <Form action={putBackVersion}>
                <Hidden name="id" value={post.id} />
                <Hidden name="version" value={String(version)} />
                <Hidden name="current" value={String(post.version)} />
                <SubmitButton
                  variant="secondary"
                  size="sm"
                  aria-describedby={`version-${version}`}
                  className="self-start"
                >
                  Restore
                </SubmitButton>
              </Form>
            )}
          </div>
          {version === open?.version && <OpenVersion version={open} />}
        </li>
      ))}
    </ol>
  )
}

async function OpenVersion({ version: { version, content, excerpt, details } }: { version: PostVersion }) {
  return (
    <>
      <section
        aria-label={`Version ${version}`}
        className="mt-4 rounded-control border border-line bg-leaf px-5 py-6 sm:px-8"
      >
        {excerpt && <p className="mb-5 font-serif text-lg text-soft">{excerpt}</p>}
        {content.trim() ? (
          <Prose html={await renderMarkdown(content)} />
        ) : (
          <p className="text-soft">It had no text.</p>
        )}
      </section>
      <VersionDetailList details={details} className="mt-4" />
    </>
  )
}
