import { publicDocument } from '@/lib/http/public-document'
import { newestPublished } from '@/lib/services/posts'
import { FEEDS, type FeedForm, writeFeed } from '@/lib/syndication/feed'

/** How many posts a feed has. */
const POSTS = 20

/** The handlers of one form of the feed. */
export function feed(form: FeedForm) {
  const GET = publicDocument(FEEDS[form].type, async (origin) =>
    writeFeed(form, await newestPublished(POSTS), origin),
  )
  return { GET, HEAD: GET }
}
