import type { Metadata } from 'next'
import { headers } from 'next/headers'
import { GenerationStream } from '@/components/generation-stream'
import { Refresh } from '@/components/refresh'
import { Badge } from '@/components/ui/badge'
import { ButtonLink } from '@/components/ui/button'
import { Notice } from '@/components/ui/notice'
import { PageHeader } from '@/components/ui/page-header'
import { visitorFrom } from '@/lib/http/caller'
import { generationFailure } from '@/lib/http/generation-reply'
import { orNotFound } from '@/lib/http/or-not-found'
import { toolNames } from '@/lib/schemas/tools'
import { readGeneration } from '@/lib/services/generations'

export const metadata: Metadata = { title: 'Your try', robots: { index: false } }

/** What a visitor's try came to. Only from the address that asked for it. */
export default async function TryPage({ params }: PageProps<'/try/[id]'>) {
  const { id } = await params
  const generation = await orNotFound(readGeneration(visitorFrom(await headers()), id))
  const { tool, status, result, model, basic } = generation
  return (
    <div className="mx-auto max-w-measure">
      {status === 'running' && <Refresh />}
      <PageHeader
        title={toolNames[tool]}
        lede={
          <span className="flex flex-wrap items-center gap-3">
            <Badge status={status} /> {basic ? model : `By ${model}`}
          </span>
        }
      />
      {status === 'failed' && (
        <Notice tone="danger" title="It failed" className="mb-6">
          {generationFailure(generation).message}
        </Notice>
      )}
      <GenerationStream id={id} initialText={result} status={status} />
      {status !== 'running' && (
        <div className="mt-10 flex flex-wrap gap-3 border-t border-line pt-6">
          <ButtonLink href="/signup">Sign up to keep such texts</ButtonLink>
          <ButtonLink href="/" variant="secondary">
            Try another
          </ButtonLink>
        </div>
      )}
    </div>
  )
}
