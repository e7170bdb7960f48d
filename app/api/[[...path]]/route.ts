import { notFound } from '@/lib/errors'
import { resource } from '@/lib/http/resource'
import { pipeline } from '@/lib/http/route'

const nothingHere = pipeline({ access: 'public', produces: [] }, async () => {
  throw notFound('path')
})

/** What is under /api and nowhere else: Next.js would answer with a page, and without CORS. */
export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = resource({
  GET: nothingHere,
  POST: nothingHere,
  PUT: nothingHere,
  PATCH: nothingHere,
  DELETE: nothingHere,
})
