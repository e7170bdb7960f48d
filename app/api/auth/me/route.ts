import { resource } from '@/lib/http/resource'
import { route } from '@/lib/http/route'
import { readMe } from '@/lib/openapi/operations/account'
import { currentBalance } from '@/lib/services/generations'

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = resource({
  GET: route(readMe, async ({ viewer }) => {
    const { userId: id, email, name, tier, role } = viewer
    const user = { id, email, name, tier, role, credits: await currentBalance(viewer) }
    return { status: 200, json: { user }, headers: { 'Cache-Control': 'no-store' } }
  }),
})
