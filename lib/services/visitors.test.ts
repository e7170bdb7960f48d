import { expect, test } from '@playwright/test'
import { visitorAt } from '@/lib/services/visitors'

test('one IPv6 network of 64 bits is one visitor, and IPv4 addresses are one each', () => {
  const same = [
    ['2001:db8:1:2::1', '2001:db8:1:2:ffff::9'],
    ['203.0.113.7', '::ffff:203.0.113.7'],
  ]
  const different = [
    ['2001:db8:1:2::1', '2001:db8:1:3::1'],
    ['203.0.113.7', '203.0.113.8'],
  ]
  for (const [a = '', b = ''] of same) expect(visitorAt(a)).toEqual(visitorAt(b))
  for (const [a = '', b = ''] of different) expect(visitorAt(a)).not.toEqual(visitorAt(b))
})
