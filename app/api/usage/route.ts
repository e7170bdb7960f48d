import { resource } from '@/lib/http/resource'
import { route } from '@/lib/http/route'
import { currentBalance } from '@/lib/services/generations'
import { usageOf } from '@/lib/services/usage'

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = resource({
  GET: route({ access: 'required', scope: 'usage:read' }, async ({ viewer }) => {
    const [credits, tools] = await Promise.all([currentBalance(viewer), usageOf(viewer)])
    return Response.json({ credits, tier: viewer.tier, tools }, { headers: { 'Cache-Control': 'no-store' } })
  }),
})
