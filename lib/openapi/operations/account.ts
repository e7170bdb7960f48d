import { EXAMPLE_IDS } from '@/lib/openapi/examples'
import { json, operation } from '@/lib/openapi/operation'
import { me } from '@/lib/schemas/usage'

export const readMe = operation({
  id: 'readMe',
  method: 'GET',
  path: '/api/auth/me',
  tag: 'Account',
  summary: 'Read who is calling',
  description: 'The account that the credentials stand for. Any key may ask, whatever its scopes.',
  access: 'required',
  responses: {
    200: {
      description: 'The account.',
      content: json(me, {
        user: {
          id: EXAMPLE_IDS.user,
          email: 'ada@example.com',
          name: 'Ada',
          tier: 'free',
          role: 'writer',
          credits: 19,
        },
      }),
    },
  },
})
