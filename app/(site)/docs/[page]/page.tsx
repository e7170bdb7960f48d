import type { Metadata } from 'next'
import { env } from '@/lib/env'
import { notFound } from '@/lib/errors'
import { orNotFound } from '@/lib/http/or-not-found'
import { openApiDocument } from '@/lib/openapi/document'
import { read } from '@/lib/openapi/reference'
import { Reference } from './reference'

export const metadata: Metadata = {
  title: 'API reference',
  description: 'Posts, generation and the meter for other programs: a REST API with examples to paste.',
}

/**
 * Made at its first visit, and the same for everybody. It has a parameter because only then is it not made at build
 * time, when nobody knows under which address it will be read.
 */
export const dynamic = 'force-static'
export const generateStaticParams = () => []

export default async function DocsPage({ params }: PageProps<'/docs/[page]'>) {
  await orNotFound(known((await params).page))
  return <Reference reader={read(openApiDocument())} address={env().APP_URL} />
}

async function known(page: string): Promise<void> {
  if (page !== 'api') throw notFound('page')
}
