import type { IncomingMessage } from 'node:http'
import { expect, test } from '@playwright/test'
import { clientAddress, stampClientAddress, verifyCaller } from '@/lib/http/client-address'
import type { Exchange } from '@/lib/http/node/on-request'

type Row = { name: string; peer: string; forwarded?: string | string[]; trusted?: string[]; is: string }

const rows: Row[] = [
  { name: 'the socket’s own', peer: '203.0.113.7', is: '203.0.113.7' },
  { name: 'whatever the header says', peer: '203.0.113.7', forwarded: '198.51.100.1', is: '203.0.113.7' },
  { name: 'even from this machine', peer: '127.0.0.1', forwarded: '198.51.100.1', is: '127.0.0.1' },
  {
    name: 'what a trusted proxy says',
    peer: '10.0.0.1',
    forwarded: '198.51.100.1',
    trusted: ['10.0.0.1'],
    is: '198.51.100.1',
  },
  {
    name: 'not what an untrusted one says, though another is trusted',
    peer: '10.0.0.2',
    forwarded: '198.51.100.1',
    trusted: ['10.0.0.1'],
    is: '10.0.0.2',
  },
  {
    name: 'the nearest that is no proxy, not the first, which the client wrote',
    peer: '10.0.0.1',
    forwarded: '1.1.1.1, 198.51.100.1',
    trusted: ['10.0.0.0/8'],
    is: '198.51.100.1',
  },
  {
    name: 'through several proxies',
    peer: '10.0.0.1',
    forwarded: '1.1.1.1, 198.51.100.1, 10.2.3.4 ,10.9.9.9',
    trusted: ['10.0.0.0/8'],
    is: '198.51.100.1',
  },
  {
    name: 'headers that came as several',
    peer: '10.0.0.1',
    forwarded: ['1.1.1.1', '198.51.100.1, 10.2.3.4'],
    trusted: ['10.0.0.0/8'],
    is: '198.51.100.1',
  },
  {
    name: 'the last proxy where all are',
    peer: '10.0.0.1',
    forwarded: '10.0.0.3',
    trusted: ['10.0.0.0/8'],
    is: '10.0.0.3',
  },
  { name: 'the proxy without a header', peer: '10.0.0.1', trusted: ['10.0.0.1'], is: '10.0.0.1' },
  {
    name: 'the proxy with an empty header',
    peer: '10.0.0.1',
    forwarded: ' , ,',
    trusted: ['10.0.0.1'],
    is: '10.0.0.1',
  },
  {
    name: 'the proxy for garbage',
    peer: '10.0.0.1',
    forwarded: 'unknown',
    trusted: ['10.0.0.1'],
    is: '10.0.0.1',
  },
  {
    name: 'nothing beyond garbage',
    peer: '10.0.0.1',
    forwarded: '198.51.100.1, _hidden, 10.0.0.5',
    trusted: ['10.0.0.0/8'],
    is: '10.0.0.5',
  },
  {
    name: 'IPv4 with its port',
    peer: '10.0.0.1',
    forwarded: '198.51.100.1:4711, 10.0.0.9:80',
    trusted: ['10.0.0.0/8'],
    is: '198.51.100.1',
  },
  {
    name: 'IPv6 with its port',
    peer: '10.0.0.1',
    forwarded: '[2001:db8::7]:4711',
    trusted: ['10.0.0.1'],
    is: '2001:db8::7',
  },
  {
    name: 'IPv6 in brackets',
    peer: '10.0.0.1',
    forwarded: '[2001:db8::7]',
    trusted: ['10.0.0.1'],
    is: '2001:db8::7',
  },
  {
    name: 'not what has only the looks of a port',
    peer: '10.0.0.1',
    forwarded: '198.51.100.1:http',
    trusted: ['10.0.0.1'],
    is: '10.0.0.1',
  },
  { name: 'IPv6', peer: '2001:DB8:0::1', is: '2001:db8::1' },
  { name: 'IPv4 mapped into IPv6', peer: '::ffff:203.0.113.7', is: '203.0.113.7' },
  {
    name: 'a proxy that comes mapped',
    peer: '::ffff:10.0.0.1',
    forwarded: '::ffff:198.51.100.1',
    trusted: ['10.0.0.1/32'],
    is: '198.51.100.1',
  },
  { name: 'a proxy on IPv6', peer: '::1', forwarded: '2001:db8::7', trusted: ['::1'], is: '2001:db8::7' },
  {
    name: 'a range of IPv6',
    peer: 'fd00::9',
    forwarded: '2001:db8::7',
    trusted: ['fd00::/8'],
    is: '2001:db8::7',
  },
  {
    name: 'ranges of the other kind do not match',
    peer: '::1',
    forwarded: '1.1.1.1',
    trusted: ['0.0.0.0/0'],
    is: '::1',
  },
  { name: 'no socket', peer: '', forwarded: '1.1.1.1', trusted: ['0.0.0.0/0'], is: '' },
]

for (const { name, peer, forwarded, trusted = [], is } of rows) {
  test(`counts ${name}`, () => expect(verifyCaller(peer, forwarded, trusted).address).toBe(is))
}

const trusted = ['127.0.0.1', '10.0.0.1']
const callers: (Omit<Row, 'is'> & { undeclared: boolean })[] = [
  { name: 'who forwards on the private network', peer: '10.0.0.2', forwarded: '1.1.1.1', undeclared: true },
  { name: 'and on that of IPv6', peer: 'fd00::2', forwarded: '1.1.1.1', undeclared: true },
  { name: 'and behind a declared one', peer: '127.0.0.1', forwarded: '1.1.1.1, 10.0.0.2', undeclared: true },
  { name: 'not a declared one', peer: '10.0.0.1', forwarded: '1.1.1.1', undeclared: false },
  { name: 'not a declared one behind garbage', peer: '10.0.0.1', forwarded: '1.1.1.1, _', undeclared: false },
  { name: 'not a caller on the private network', peer: '10.0.0.2', undeclared: false },
  { name: 'nor one with an empty header', peer: '10.0.0.2', forwarded: ' ', undeclared: false },
  { name: 'nor one behind a declared proxy', peer: '10.0.0.1', forwarded: '192.168.1.20', undeclared: false },
  { name: 'not this machine', peer: '::1', forwarded: '1.1.1.1', undeclared: false },
  { name: 'not a host of the internet', peer: '203.0.113.7', forwarded: '1.1.1.1', undeclared: false },
  { name: 'not what has no address', peer: '', forwarded: '1.1.1.1', undeclared: false },
]

for (const { name, peer, forwarded, undeclared } of callers) {
  test(`takes for an undeclared proxy: ${name}`, () =>
    expect(verifyCaller(peer, forwarded, trusted).undeclaredProxy).toBe(undeclared))
}

test('a long forged header costs no more than its length', () => {
  const forwarded = `${'10.0.0.1,'.repeat(5_000)}10.0.0.1`
  expect(verifyCaller('10.0.0.1', forwarded, ['10.0.0.1']).address).toBe('10.0.0.1')
})

test('a request that nothing stamped is not taken at its word', () => {
  const forged = ['203.0.113.7', ' 203.0.113.7', 'x 203.0.113.7', 'undefined 203.0.113.7']
  for (const address of [undefined, ...forged]) {
    const headers = new Headers({ 'X-Forwarded-For': '1.1.1.1' })
    if (address) headers.set('X-Inkwell-Client-Address', address)
    expect(() => clientAddress(headers)).toThrow('just starting')
  }
})

test('the address on a request that Next.js sends to itself is that of whoever it answers', () => {
  const come = (peer: string, headers: IncomingMessage['headers']) => {
    const request = { socket: { remoteAddress: peer }, headers: { ...headers } }
    stampClientAddress({ request } as unknown as Exchange)
    return request.headers
  }
  const of = (headers: IncomingMessage['headers']) =>
    clientAddress(new Headers(headers as Record<string, string>))
  const first = come('203.0.113.7', {})
  expect(of(first)).toBe('203.0.113.7')
  expect(of(come('127.0.0.1', first))).toBe('203.0.113.7')
  // A word that is not ours makes no difference.
  const made = Object.fromEntries(
    Object.keys(first).map((name) => [name, '00000000-0000-4000-8000-000000000000 198.51.100.1']),
  )
  expect(of(come('203.0.113.7', made))).toBe('203.0.113.7')
})
