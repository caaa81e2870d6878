import type { Server } from 'node:http'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { listen, patience } from '../src/platform/http/server.ts'
import { sendRaw, statusesIn } from './support/raw.ts'
import { makeWorld, type World } from './support/world.ts'

// What no client library sends, as bytes on a socket. Below the program it is the same server for both engines.
let world: World
let server: Server
beforeAll(async () => {
  world = await makeWorld('embedded')
  server = await listen(world.app, '127.0.0.1', 0)
})
afterAll(async () => {
  server.closeAllConnections()
  server.close()
  await world.close()
})

const head = (line: string, ...headers: string[]) => [line, 'Host: localhost', 'Connection: close', ...headers, '', ''].join('\r\n')
const form = (body: string, ...headers: string[]) =>
  head('POST /en/corrections HTTP/1.1', 'Content-Type: application/x-www-form-urlencoded', 'Sec-Fetch-Site: same-origin', ...headers) + body

test.each([
  '/../../../../etc/passwd',
  '/assets/../../package.json',
  '/assets/..%2f..%2fpackage.json',
  '/assets/%2e%2e/%2e%2e/package.json',
  '/assets/..%5c..%5cpackage.json',
  '/assets/....//....//package.json',
  '/assets/%c0%ae%c0%ae/package.json',
  '/assets/manifest.json',
  '/sitemaps/..%2f..%2fpackage.json',
  '/sitemaps/../../package.json',
  '/en/members/..%2f..%2fpackage.json/logo',
  '/.puente/seal-key',
  '/files/..%00.png',
  '/.git/config',
  '/src/web.ts',
  '//etc/passwd',
  '/\\..\\..\\package.json',
])('%s leads to no file', async (path) => {
  const said = await sendRaw(server, head(`GET ${path} HTTP/1.1`))
  expect([path, statusesIn(said)[0]]).toEqual([path, expect.toSatisfy((status: number) => [301, 400, 404].includes(status))])
  expect(said).not.toMatch(/"private": true|root:|createApp|\[core\]/)
})

test.each([
  ['two slashes make a host', 'GET //example.org/ HTTP/1.1', '/example.org'],
  ['two slashes behind a language', 'GET /en//example.org/ HTTP/1.1', '/en/example.org'],
  ['a slash too many', 'GET /en/organizations/?country=CU HTTP/1.1', '/en/organizations?country=CU'],
])('%s: the way on stays on this site', async (_, line, place) => {
  const said = await sendRaw(server, head(line))
  expect([statusesIn(said), /^location: (.*)\r$/im.exec(said)?.[1]]).toEqual([[301], place])
})

test.each([
  ['a line end in the path', head('GET /en/%0d%0aSet-Cookie:%20a=b/ HTTP/1.1')],
  ['a line end in where to go on', head('GET /en/account?x=%0d%0aSet-Cookie:%20a=b HTTP/1.1')],
  ['a line end in the language', head('GET / HTTP/1.1', 'Accept-Language: es%0d%0aSet-Cookie: a=b')],
  ['a line end in the id of the request', head('GET /en HTTP/1.1', 'X-Request-Id: a%0d%0aSet-Cookie: a=b')],
])('%s gets into no header', async (_, request) => {
  const said = await sendRaw(server, request)
  expect(said.split('\r\n\r\n')[0]).not.toMatch(/^set-cookie: a=b/im)
  expect(statusesIn(said)[0]).toBeLessThan(500)
})

test.each([
  ['no host', 'GET /en HTTP/1.1\r\nConnection: close\r\n\r\n', [400]],
  ['two hosts', head('GET /en HTTP/1.1', 'Host: example.org'), [400]],
  ['a host that is none', 'GET /en HTTP/1.1\r\nHost: a b/@\r\nConnection: close\r\n\r\n', [400]],
  ['a host with a path', 'GET /en HTTP/1.1\r\nHost: example.org/x\r\nConnection: close\r\n\r\n', [400]],
  ['a length that is none', form('claim=x', 'Content-Length: -1'), [400]],
  ['two lengths', form('claim=x', 'Content-Length: 7', 'Content-Length: 8'), [400]],
  ['a length and pieces', form('0\r\n\r\nGET /en HTTP/1.1\r\nHost: x\r\n\r\n', 'Content-Length: 5', 'Transfer-Encoding: chunked'), [400]],
  ['pieces of an odd kind', form('0\r\n\r\n', 'Transfer-Encoding: xchunked'), [400]],
  ['a piece of no size', form('zz\r\nclaim=x\r\n0\r\n\r\n', 'Transfer-Encoding: chunked'), [400]],
  ['a header without a name', head('GET /en HTTP/1.1', ': x'), [400]],
  ['a header with a zero byte', head('GET /en HTTP/1.1', 'Accept-Language: e\0n'), [400]],
  ['a header over two lines', head('GET /en HTTP/1.1', 'Accept-Language: en', ' folded: x'), [400]],
  ['a space before the colon', head('GET /en HTTP/1.1', 'Content-Length : 0'), [400]],
  ['no version', 'GET /en\r\n\r\n', [400]],
  ['another version', head('GET /en HTTP/9.9'), [400]],
  ['the beginning of HTTP/2', 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n', [400]],
  ['the beginning of TLS', '\u0016\u0003\u0001\u0002\u0000\u0001\u0000', [400]],
  ['an unknown verb', head('BREW /en HTTP/1.1'), [400]],
  ['headers larger than sixteen kilobytes', head('GET /en HTTP/1.1', `X-A: ${'a'.repeat(20_000)}`), [431]],
  ['a path larger than that', head(`GET /${'a'.repeat(20_000)} HTTP/1.1`), [431]],
  ['an address of more than four kilobytes', head(`GET /en?q=${'a'.repeat(4100)} HTTP/1.1`), [414]],
])('%s is refused, and nothing behind it is read', async (_, request, statuses) => {
  expect(statusesIn(await sendRaw(server, request))).toEqual(statuses)
})

test('what stands behind the length of a body is no second request that anybody gets the answer of', async () => {
  const smuggled = form('claim=xGET /metrics HTTP/1.1\r\nHost: localhost\r\n\r\n', 'Content-Length: 7')
  expect(statusesIn(await sendRaw(server, smuggled))).toEqual([400])
})

test('a body shorter than it says is waited for, and cut; a head that never ends too', async () => {
  const brief = await listen(world.app, '127.0.0.1', 0, { headersTimeout: 200, requestTimeout: 400, keepAliveTimeout: 200, connectionsCheckingInterval: 50 })
  try {
    const slowHead = Array.from({ length: 200 }, (_, n) => (n === 0 ? 'GET /en HTTP/1.1\r\nHost: localhost\r\n' : `X-${n}: a\r\n`))
    expect(statusesIn(await sendRaw(brief, slowHead, 50))).toEqual([408])
    const slowBody = [form('', 'Content-Length: 100000'), ...Array.from({ length: 200 }, () => 'a')]
    expect(statusesIn(await sendRaw(brief, slowBody, 50))).toEqual([408])
    expect(statusesIn(await sendRaw(brief, form('claim=', 'Content-Length: 100')))).toEqual([408])
  } finally {
    brief.closeAllConnections()
    brief.close()
  }
  // And these are what the server really has: seconds, all of them looked after.
  expect(server).toMatchObject({
    headersTimeout: patience.headersTimeout,
    requestTimeout: patience.requestTimeout,
    keepAliveTimeout: patience.keepAliveTimeout,
  })
  expect(patience.requestTimeout).toBeLessThanOrEqual(60_000)
})

test('what a server names as its own address is no answer to what a request names', async () => {
  for (const path of ['/en', '/en/organizations/cigb', '/robots.txt', '/events.atom']) {
    const said = await sendRaw(server, `GET ${path} HTTP/1.1\r\nHost: "><script>.example.org\r\nConnection: close\r\n\r\n`)
    expect(said).not.toContain('"><script>')
  }
})

test('after all of it the server answers as ever', async () => {
  expect(statusesIn(await sendRaw(server, head('GET /en HTTP/1.1')))).toEqual([200])
})
