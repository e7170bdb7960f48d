import type { Metadata } from 'next'
import { z } from 'zod'
import { keepAsPost, stopGeneration } from '@/actions/generations'
import { GenerationStream } from '@/components/generation-stream'
import { Prose } from '@/components/prose'
import { PutIntoPost } from '@/components/put-into-post'
import { Receipt } from '@/components/receipt'
import { Refresh } from '@/components/refresh'
import { Badge } from '@/components/ui/badge'
import { ButtonLink } from '@/components/ui/button'
import { Hidden } from '@/components/ui/field'
import { Form } from '@/components/ui/form'
import { Notice } from '@/components/ui/notice'
import { PageHeader } from '@/components/ui/page-header'
import { SubmitButton } from '@/components/ui/submit'
import { Time } from '@/components/ui/time'
import { requireViewer } from '@/lib/auth/session'
import { AppError } from '@/lib/errors'
import { generationFailure } from '@/lib/http/generation-reply'
import { orNotFound } from '@/lib/http/or-not-found'
import { renderMarkdown } from '@/lib/markdown'
import { toolNames } from '@/lib/schemas/tools'
import { readGeneration } from '@/lib/services/generations'
import { hasPassage } from '@/lib/services/generations/put-into-post'
import { findDraft, readPost } from '@/lib/services/posts'

export const metadata: Metadata = { title: 'Generation' }

export default async function GenerationPage({
  params,
  searchParams,
}: PageProps<'/dashboard/generations/[id]'>) {
  const { id } = await params
  const way = await searchParams
  const asked = z.uuid().safeParse(way.post).data
  const askedDraft = z.uuid().safeParse(way.draft).data
  const back = [asked && `post=${asked}`, askedDraft && `draft=${askedDraft}`].filter(Boolean).join('&')
  const viewer = await requireViewer(`/dashboard/generations/${id}${back && `?${back}`}`)
  const generation = await orNotFound(readGeneration(viewer, id))
  const { tool, status, result, prompt, text, basic, model } = generation
  const running = status === 'running'
  // What it was asked for, if that is still there and the viewer's.
  const post = asked ? await readPost(viewer, asked).catch(nullIfGone) : null
  const found = post && askedDraft ? await findDraft(viewer, askedDraft) : null
  const draft = found?.postId === post?.id ? found : null
  return (
    <>
      {running && <Refresh />}
      <PageHeader
        title={toolNames[tool]}
        lede={
          <span className="flex flex-wrap items-center gap-3">
            <Badge status={status} />
            <span>
              {basic ? model : `By ${model}`}, <Time value={generation.createdAt} />
            </span>
          </span>
        }
      >
        {running && (
          <Form action={stopGeneration}>
            <Hidden name="id" value={id} />
            <Hidden name="post" value={post?.id ?? ''} />
            <Hidden name="draft" value={draft?.id ?? ''} />
            <SubmitButton variant="secondary">Stop</SubmitButton>
          </Form>
        )}
      </PageHeader>
      <details className="mb-8">
        <summary className="text-soft">What was asked</summary>
        <div className="mt-2 max-w-measure whitespace-pre-wrap">
          {[prompt, text].filter(Boolean).join('\n\n')}
        </div>
      </details>
      {status === 'failed' && (
        <Notice tone="danger" title="It failed" className="mb-6">
          {generationFailure(generation).message}
        </Notice>
      )}
      <div className="xl:grid xl:grid-cols-[minmax(0,38rem)_minmax(0,1fr)] xl:items-start xl:gap-x-12">
        <div>
          {!running && tool === 'draft' ? (
            <Prose html={await renderMarkdown(result)} />
          ) : (
            (running || result !== '') && <GenerationStream id={id} initialText={result} status={status} />
          )}
          {!running && post && result.trim() !== '' && (
            <PutIntoPost
              generation={generation}
              post={post}
              draft={draft}
              hasPassage={hasPassage(draft?.fields.content ?? post.content, generation)}
            />
          )}
          {!running && (
            <div className="mt-8 flex flex-wrap gap-3">
              {result.trim() !== '' && (
                <Form action={keepAsPost}>
                  <Hidden name="id" value={id} />
                  <SubmitButton>Save as post</SubmitButton>
                </Form>
              )}
              <ButtonLink href={`/dashboard/generate?tool=${tool}`} variant="secondary">
                Generate another
              </ButtonLink>
            </div>
          )}
        </div>
        {!running && <Receipt generation={generation} />}
      </div>
    </>
  )
}

function nullIfGone(error: unknown): null {
  if (error instanceof AppError && error.code === 'not_found') return null
  throw error
}
