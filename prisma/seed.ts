import { db } from '@/lib/db'
import { createAccount } from '@/lib/services/accounts'
import { createPost } from '@/lib/services/posts'
import type { Viewer } from '@/lib/services/viewer'
import { withDatabase } from '@/scripts/with-database'
import { posts } from './seed-posts'

/**
 * Fills an install with a demo account and posts, through the same services as everybody: `npm run seed`.
 * Run again, it adds what is missing and changes nothing else. A running product may stay up.
 */
const DEMO = { name: 'Demo Writer', email: 'demo@example.com', password: 'demo demo demo' }

await withDatabase(async () => {
  const known = await db().user.findUnique({ where: { email: DEMO.email } })
  const userId = known?.id ?? (await createAccount(DEMO))
  const viewer: Viewer = {
    userId,
    email: DEMO.email,
    name: DEMO.name,
    role: 'writer',
    tier: 'free',
    credential: { kind: 'session', sessionId: '' },
  }
  const titles = new Set(
    (await db().post.findMany({ where: { authorId: userId } })).map(({ title }) => title),
  )
  const missing = posts.filter(({ title }) => !titles.has(title))
  for (const post of missing) await createPost(viewer, { coverUploadId: null, ...post }, null)
  console.log(
    `${DEMO.email} with the password “${DEMO.password}” has ${posts.length} posts, ${missing.length} of them new.`,
  )
})
