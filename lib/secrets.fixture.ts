import { sessionSecrets } from '@/lib/secrets'

// An Inkwell that starts just long enough to tell a test its secrets.
process.stdout.write(JSON.stringify(sessionSecrets()))
