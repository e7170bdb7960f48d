import type { NextConfig } from 'next'

/** As `create-next-app` makes it, but that its packages are linked to from elsewhere: see `build` in baselines.ts. */
const config: NextConfig = {
  turbopack: { root: '/' },
}

export default config
