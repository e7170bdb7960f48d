import { notFound } from 'next/navigation'
import { AppError } from '@/lib/errors'

/** For pages: what a service says is not there is the site's 404. */
export async function orNotFound<Value>(found: Promise<Value>): Promise<Value> {
  try {
    return await found
  } catch (error) {
    if (error instanceof AppError && error.code === 'not_found') notFound()
    throw error
  }
}
