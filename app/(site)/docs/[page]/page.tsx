import type { Metadata } from 'next'
import { connection } from 'next/server'
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

/** Made at each visit for the nonce of its scripts, and because at build time nobody knows where it will be read. */
export default async function DocsPage({ params }: PageProps<'/docs/[page]'>) {
  await connection()
  await orNotFound(known((await params).page))
  return <Reference reader={read(openApiDocument())} address={env().APP_URL} />
}

async function known(page: string): Promise<void> {
  if (page !== 'api') throw notFound('page')
}
