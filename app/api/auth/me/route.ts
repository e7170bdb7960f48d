import { resource } from '@/lib/http/resource'
import { route } from '@/lib/http/route'
import { balanceOf } from '@/lib/services/credits'

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = resource({
  GET: route({ access: 'required' }, async ({ viewer }) => {
    const { userId: id, email, name, tier, role } = viewer
    const user = { id, email, name, tier, role, credits: await balanceOf(viewer) }
    return Response.json({ user }, { headers: { 'Cache-Control': 'no-store' } })
  }),
})
