import { answerPlainCalls } from '@/lib/http/api-entrypoints'
import { sendReadingPageBare } from '@/lib/http/bare-pages'
import { stampClientAddress } from '@/lib/http/client-address'
import { answerMalformedRequests } from '@/lib/http/malformed-requests'
import { onConnection, onRequest, onRequestInstead } from '@/lib/http/node/on-request'
import { trackReply } from '@/lib/http/open-replies'
import { readPathOurselves } from '@/lib/http/readable-paths'
import { closeInStages } from '@/lib/http/staged-close'
import { routeEveryMethod } from '@/lib/http/unroutable'
import { sendWholeAnswerAtOnce } from '@/lib/http/whole-answers'

/**
 * All that is done to requests before Next.js sees them, in the order in which it is done: what comes later may go by
 * what came before, as the method by the path. Why each has to be, docs/decisions/0024-before-next-sees-it.md tells.
 */
export function hookIntoNode(): void {
  onRequest(
    stampClientAddress,
    trackReply,
    readPathOurselves,
    routeEveryMethod,
    sendWholeAnswerAtOnce,
    sendReadingPageBare,
  )
  if (process.env.NODE_ENV === 'production') onRequestInstead(answerPlainCalls())
  onConnection(closeInStages, answerMalformedRequests({ upgrades: process.env.NODE_ENV === 'development' }))
}
