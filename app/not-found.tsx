import type { Metadata } from 'next'
import Link from 'next/link'
import { connection } from 'next/server'
import { Trouble } from '@/components/trouble'

export const metadata: Metadata = { title: 'Not found' }

/** Made at each visit for the nonce of its scripts. */
export default async function NotFound() {
  await connection()
  return (
    <Trouble title="There is nothing at this address">
      <p>
        It may have been moved, unpublished or mistyped, or it may be somebody else’s and not yours to see.
      </p>
      <Link href="/" className="text-link">
        Go to the front page
      </Link>
    </Trouble>
  )
}
