// Requests as no browser sends them, the same ones for the same seed: bytes that were changed, cut off, doubled and made up.
import { API_ROUTES } from '../../backend/http/app.ts'

export function* malformedRequests(seed: number, count: number): Generator<Buffer> {
  const dice = createDice(seed)
  for (let index = 0; index < count; index++) yield mangled(request(dice), dice)
}

interface Dice {
  /** A whole number below this. */
  below(most: number): number
  one<Item>(items: readonly Item[]): Item
}

/** mulberry32 */
function createDice(seed: number): Dice {
  let state = seed
  const next = () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
  const below = (most: number) => Math.floor(next() * most)
  return { below, one: (items) => items[below(items.length)]! }
}

const METHODS = [
  'GET',
  'HEAD',
  'POST',
  'PUT',
  'TRACE',
  'TRACK',
  'CONNECT',
  'OPTIONS',
  'get',
  'PRI',
  'G\0T',
  '',
  'QUERY',
]
const VERSIONS = [
  'HTTP/1.1',
  'HTTP/1.0',
  'HTTP/0.9',
  'HTTP/2.0',
  'HTTP/1.1 ',
  'http/1.1',
  '',
  'HTTP/9999999999',
]
const PATHS = [
  ...API_ROUTES.filter((path) => path !== '/api/events'),
  '/',
  '/login',
  '/logout',
  '/setup',
  '/setup/qr.svg',
  '/setup/works',
  '/ca',
  '/assets/index-abc123.js',
  '*',
  '',
  '//',
  '/..%2f..%2fetc/passwd',
  '/%',
  '/%c0%ae%c0%ae/',
  '/\\..\\..',
  'http://evil.example/api/health',
  'https://[::1',
  'localhost:80',
  '/api/health/../../..',
  '/\u00e4\u00f6',
  '/%00',
]
const NAMES = [
  'from',
  'to',
  'channel',
  'site',
  'since',
  'epoch',
  'before',
  'fromDate',
  'toDate',
  'strict',
  '__proto__',
  '[]',
]
const VALUES = [
  '2026-03-10',
  '2026-13-40',
  '-1',
  '1e309',
  '9'.repeat(400),
  '%',
  '%ff%fe',
  '%00',
  "'; DROP TABLE prices; --",
  '../../etc/passwd',
  '2026-03-10T10:00:00+11:00',
  '0000-00-00',
  '275760-09-13T00:00:00Z',
  '\u{1f4a5}',
  '',
  'general',
  'NaN',
  '{}',
]
const HEADERS = [
  'Host: localhost',
  'Host: evil.example',
  'Host: ',
  'host: 127.0.0.1:99999',
  'Host: [::1',
  'Content-Length: 5',
  'Content-Length: -1',
  'Content-Length: 5, 6',
  'Content-Length: 99999999999999999999',
  'Transfer-Encoding: chunked',
  'Transfer-Encoding: identity, chunked',
  'Transfer-Encoding: xchunked',
  'Content-Type: application/json',
  'Content-Type: application/x-www-form-urlencoded',
  'Content-Type: \u00ff\u00fe',
  'Origin: http://localhost',
  'Origin: null',
  'Origin: ://',
  'Sec-Fetch-Site: same-origin',
  'If-None-Match: W/"',
  'If-Modified-Since: never',
  'Range: bytes=9-1',
  'Range: bytes=0-99999999999',
  'Accept-Encoding: gzip;q=nan, *;q=0',
  'Accept: text/html',
  'Cookie: home-energy=1.2.3; home-energy=%ff; =;;',
  'Cookie: home-energy=99999999999999.AAAAAAAAAAAAAAAAAAAAAA.AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA',
  'Expect: 100-continue',
  'Expect: the-unexpected',
  'Upgrade: websocket',
  'Connection: Upgrade, HTTP2-Settings',
  'Connection: keep-alive, close',
  'X-Forwarded-For: 127.0.0.1',
  'X-Forwarded-Proto: https',
  ': no name',
  'No colon',
  ' folded: yes',
  'Bad\u0001Name: 1',
  'X: a\u0000b',
]
const BODIES = [
  '',
  'hello',
  '{',
  '5\r\nhello\r\n0\r\n\r\n',
  'zz\r\n',
  'fffffffffffffffff\r\n',
  'password=%',
  '\u0000\u00ff',
]

/** One fault or two in most of them: with more, none would get past the first door. */
function request(dice: Dice): string {
  const { below, one } = dice
  const odd = (oneIn: number) => below(oneIn) === 0
  const query = Array.from({ length: below(4) }, () => `${one(NAMES)}=${one(VALUES)}`).join('&')
  const method = odd(4) ? one(METHODS) : 'GET'
  const version = odd(20) ? one(VERSIONS) : 'HTTP/1.1'
  const lines = [
    `${method} ${one(PATHS)}${query && `?${query}`} ${version}`,
    ...(odd(12) ? [] : ['Host: localhost']),
    ...Array.from({ length: below(3) }, () => one(HEADERS)),
  ]
  return `${lines.join(odd(30) ? '\n' : '\r\n')}\r\n\r\n${odd(3) ? one(BODIES) : ''}`
}

/** Most of them as they are; they are odd enough. */
function mangled(text: string, { below }: Dice): Buffer {
  const bytes = Buffer.from(text, below(2) > 0 ? 'utf8' : 'latin1')
  const at = below(bytes.length)
  switch (below(16)) {
    case 0:
      bytes[at] = below(256)
      return bytes
    case 1:
      return bytes.subarray(0, at)
    case 2:
      return Buffer.concat([bytes.subarray(0, at), bytes.subarray(at, at + below(40)), bytes.subarray(at)])
    case 3:
      return Buffer.concat([bytes, bytes])
    default:
      return bytes
  }
}
