import { redirect } from 'next/navigation'
import { AppError } from '@/lib/errors'

/**
 * For pages of the dashboard: what a service says is not there is the site's 404.
 *
 * By way of an address that no page has, because Next.js leaves the body of a page that calls `notFound()`
 * to JavaScript (vercel/next.js#62228), and without it nothing at all would be seen.
 */
export async function orNotFound<Value>(found: Promise<Value>): Promise<Value> {
  try {
    return await found
  } catch (error) {
    if (error instanceof AppError && error.code === 'not_found') redirect(NOT_FOUND_PATH)
    throw error
  }
}

const NOT_FOUND_PATH = '/not-found'
