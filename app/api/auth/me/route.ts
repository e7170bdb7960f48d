import { resource } from '@/lib/http/resource'
import { route } from '@/lib/http/route'
import { currentBalance } from '@/lib/services/generations'

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = resource({
  GET: route({ access: 'required' }, async ({ viewer }) => {
    const { userId: id, email, name, tier, role } = viewer
    const user = { id, email, name, tier, role, credits: await currentBalance(viewer) }
    return Response.json({ user }, { headers: { 'Cache-Control': 'no-store' } })
  }),
})
