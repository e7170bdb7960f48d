import { z } from 'zod'

/** A yes or no in a query: `?count=true`, `?dryRun=1`. Absent, it is no. */
export const flag = z
  .literal(['true', 'false', '1', '0'])
  .default('false')
  .transform((value) => value === 'true' || value === '1')
