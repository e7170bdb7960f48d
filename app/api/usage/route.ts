import { resource } from '@/lib/http/resource'
import { route } from '@/lib/http/route'
import { readUsage } from '@/lib/openapi/operations/usage'
import { currentBalance } from '@/lib/services/generations'
import { usageOf } from '@/lib/services/usage'

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = resource({
  GET: route(readUsage, async ({ viewer }) => {
    const [credits, tools] = await Promise.all([currentBalance(viewer), usageOf(viewer)])
    return {
      status: 200,
      json: { credits, tier: viewer.tier, tools },
      headers: { 'Cache-Control': 'no-store' },
    }
  }),
})
