import type { Metadata } from 'next'
import { ImportForm } from '@/components/import-form'
import { ImportList } from '@/components/import-list'
import { buttonClass } from '@/components/ui/button'
import { Notice } from '@/components/ui/notice'
import { PageHeader } from '@/components/ui/page-header'
import { Section } from '@/components/ui/section'
import { requireViewer } from '@/lib/auth/session'
import { fileTooLarge, formatBytes } from '@/lib/bytes'
import { type FormState, idle } from '@/lib/http/form-state'
import { IMPORT_MAX_BYTES, listImports, listLost } from '@/lib/services/transfer'

export const metadata: Metadata = { title: 'Import and export' }

export default async function TransferPage({ searchParams }: PageProps<'/dashboard/transfer'>) {
  const viewer = await requireViewer('/dashboard/transfer')
  const [{ refused, site }, imports, lost] = await Promise.all([
    searchParams,
    listImports(viewer, 20),
    listLost(viewer),
  ])
  return (
    <>
      <PageHeader
        title="Import and export"
        lede="Your writing is yours: bring it here with its dates, tags, addresses and pictures, and take all of it away again."
      />
      <Section
        title="Import"
        lede={`From Ghost, WordPress or Markdown, at most ${formatBytes(IMPORT_MAX_BYTES)}. The same file sent again makes nothing twice. What was public becomes public here, and drafts stay drafts.`}
      >
        <ImportForm
          action="/dashboard/transfer/file"
          maxBytes={IMPORT_MAX_BYTES}
          initial={
            typeof refused === 'string' ? refusal(refused, typeof site === 'string' ? site : '') : idle
          }
        />
        {imports.length > 0 && (
          <div className="mt-10">
            <ImportList imports={imports} />
          </div>
        )}
      </Section>
      <Section
        title="Export"
        lede="One zip with each post as a Markdown file with front matter, drafts and trash too, your pictures with their descriptions, and your projects with their briefs. It can be read as it is, and imported here again."
      >
        <a
          href="/dashboard/transfer/inkwell-export.zip"
          download
          className={buttonClass({ variant: 'secondary' })}
        >
          Download
        </a>
        {lost.length > 0 && (
          <Notice tone="danger" title="Pictures that were not in your latest export" className="mt-6">
            <p className="break-words">
              Their files are gone from the storage: {lost.join(', ')}. All else was exported. Tell your
              operator, who may have a backup of them.
            </p>
          </Notice>
        )}
      </Section>
    </>
  )
}

/** Why the form came back, told at its field. */
function refusal(code: string, site: string): FormState {
  const words: Record<string, string> = {
    too_large: `${fileTooLarge(IMPORT_MAX_BYTES)} Your operator can import files of any size.`,
    invalid: 'Choose a file. If you did, it is empty.',
    in_progress: 'Another import is still running. Wait for its end; then send this one again.',
    malformed: 'The file did not arrive whole. Please send it again.',
    rate_limited: 'Too many files in a short time. Wait a minute, and send it again.',
  }
  const detail =
    words[code] ?? 'The file could not be taken just now. Nothing was changed; please send it again.'
  const values = { site }
  if (code !== 'site') return { ...idle, status: 'error', values, errors: { file: detail }, message: detail }
  return { ...idle, status: 'error', values, errors: { site: NO_SITE }, message: NO_SITE }
}

const NO_SITE =
  'This is no address of a site. Write it as https://example.com, choose the file again, and send both.'
