import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync, inflateSync } from 'node:zlib'
import fc from 'fast-check'
import { beforeAll, expect, test } from 'vitest'
import { z } from 'zod'
import { plurals } from '../src/modules/record/index.ts'
import { root } from '../src/platform/root.ts'
import { describeApi } from '../src/web.ts'
import { forms } from './support/forms.ts'
import { hostileJson, hostileText, markup, valuesOf } from './support/hostile.ts'
import { makeMembersScene, type Scene } from './support/members-scene.ts'
import { makeMember, makeMemberPerson, pixel } from './support/members.ts'
import { makeSomebody } from './support/persons.ts'
import { exportedSchemas, fieldsByName } from './support/schemas.ts'
import { onBothEngines, type World } from './support/world.ts'

/** Each day another seed, which stands in the name of each test. The same again, or more runs for a longer search: FUZZ_SEED=7 FUZZ_RUNS=200 npx vitest run test/fuzz.test.ts */
const seed = Number(process.env['FUZZ_SEED'] ?? new Date().toISOString().slice(0, 10).replaceAll('-', ''))
const runs = Number(process.env['FUZZ_RUNS'] ?? 4)
/** Milliseconds after which a request counts as hung. */
const hung = 20_000

type Route = { method: string; path: string }
type Sent = { path: string; init: RequestInit }

const fields = fieldsByName(await exportedSchemas())
const namesRead = readdirSync(join(root, 'src'), { recursive: true, encoding: 'utf8' })
  .filter((file) => /\.tsx?$/.test(file))
  .flatMap((file) =>
    [...readFileSync(join(root, 'src', file), 'utf8').matchAll(/(?:query|queries|form|typed)(?:\(|\[)'([\w-]+)'/g)].map(([, name = '']) => name),
  )
const names = [...new Set([...fields.keys(), ...namesRead, 'next', 'chart', 'step', 'state', '__proto__', 'constructor', 'email[]', 'a.b.c'])].toSorted()

const valueFor = (name: string): fc.Arbitrary<unknown> => {
  const known = fields.get(name) ?? []
  return known.length === 0 ? hostileText : fc.oneof({ weight: 1, arbitrary: hostileText }, { weight: 2, arbitrary: fc.oneof(...known.map(valuesOf)) })
}
/** As it goes into a form or an address. */
const text = (value: unknown) => (typeof value === 'string' ? value : value === undefined ? '' : (JSON.stringify(value) ?? ''))

/** Names with values, in an order, some twice. @param some those that fit a route best */
const pairs = (some: readonly string[]): fc.Arbitrary<[string, string][]> =>
  fc.array(
    fc
      .oneof({ weight: 5, arbitrary: fc.constantFrom(...(some.length > 0 ? some : names)) }, { weight: 1, arbitrary: fc.constantFrom(...names) })
      .chain((name) => fc.tuple(fc.constant(name), valueFor(name).map(text))),
    { maxLength: 6 },
  )

const oddHeaders: fc.Arbitrary<Record<string, string>> = fc
  .array(
    fc.tuple(
      fc.constantFrom(
        'accept-language',
        'accept',
        'accept-encoding',
        'range',
        'if-none-match',
        'if-modified-since',
        'user-agent',
        'referer',
        'x-request-id',
        'x-forwarded-proto',
        'x-forwarded-host',
        'forwarded',
        'origin',
        'sec-fetch-site',
        'authorization',
        'content-encoding',
        'transfer-encoding',
        'x-http-method-override',
        'content-length',
      ),
      fc.oneof(
        fc.constantFrom(
          '',
          '*',
          ',',
          ';q=',
          '*;q=9',
          'xx-XX-xx-xx;q=NaN',
          'en;q=0, es;q=-1',
          'bytes=0-',
          'bytes=-1',
          'bytes=9-1',
          'W/"x"',
          '"',
          'null',
          'cross-site',
          'Bearer',
          'Bearer \u00ff',
          'gzip;q=0',
          'DELETE',
          'a'.repeat(3000),
          'zh-'.repeat(900),
          '0',
          '-1',
          'Thu, 99 Foo 2026',
        ),
        fc.string({ maxLength: 60 }).map((value) => value.replaceAll(/[^\x20-\x7e]/g, '')),
      ),
    ),
    { maxLength: 3 },
  )
  .map((list) => Object.fromEntries(list))

const multipart = fc
  .tuple(
    hostileText,
    hostileText,
    fc.constantFrom('image/png', 'application/pdf', 'text/html', '', 'x'),
    fc.constantFrom(pixel, Buffer.alloc(0), Buffer.from('%PDF-1.7\n%x'), Buffer.from('<svg onload=x>'), Buffer.alloc(300_000, 1)),
  )
  .map(([name, field, type, bytes]) => {
    const form = new FormData()
    for (const each of ['logo', 'document', field]) form.append(each, new File([bytes], name, { type }))
    form.append('evidence', field)
    return form
  })

const encoded = (list: readonly (readonly [string, string])[]) => new URLSearchParams(list.map(([name, value]) => [name, value])).toString()
/** Percent-encodings that are no UTF-8, and what browsers never send. */
const brokenEncodings = fc.constantFrom(
  'a=%',
  '%=%',
  '%ff=%fe%c0%80',
  'name=%ed%a0%80',
  '&&&&',
  '=',
  '==&=',
  'a&a&a',
  'email=%00',
  'a=&'.repeat(50_000),
  '__proto__=x&__proto__.x=y',
  'name[]=a&name[]=b',
  'name[__proto__]=x',
  'x',
)

const formBody = (path: string): fc.Arbitrary<RequestInit> => {
  const schema = forms[path]
  if (schema === undefined) throw new Error(`no schema for POST ${path}: name it in test/support/forms.ts`)
  const own = Object.keys((schema as z.ZodObject).shape)
  const whole = valuesOf(schema).map((value) => encoded(Object.entries(value as object).map(([name, each]) => [name, text(each)] as const)))
  const broken = fc
    .tuple(valuesOf(schema), pairs([...own, 'next']))
    .map(([value, more]) => encoded([...Object.entries(value as object).map(([name, each]) => [name, text(each)] as const), ...more]))
  const asForm = fc.oneof(whole, broken, broken, brokenEncodings).map((body) => ({ body, headers: { 'content-type': 'application/x-www-form-urlencoded' } }))
  const asFile = multipart.map((body) => ({ body, headers: {} }))
  const asOther = fc
    .tuple(
      fc.oneof(whole, hostileText),
      fc.constantFrom(
        'application/json',
        'text/plain',
        'multipart/form-data',
        'multipart/form-data; boundary=',
        'application/x-www-form-urlencoded; charset=utf-16',
        '',
        ';',
        'x'.repeat(200),
      ),
    )
    .map(([body, type]) => ({ body, headers: { 'content-type': type } }))
  const carriesFile = /\/(logo|claim)$/.test(path)
  return fc.oneof({ weight: 8, arbitrary: asForm }, { weight: carriesFile ? 5 : 1, arbitrary: asFile }, { weight: 1, arbitrary: asOther })
}

/** Bytes of any kind, as a file is sent by a program. */
const fileBody: fc.Arbitrary<RequestInit> = fc
  .tuple(
    fc.uint8Array({ maxLength: 400 }).map((bytes) => new Uint8Array(bytes)),
    fc.constantFrom('application/octet-stream', 'application/octet-stream', 'application/pdf', 'text/plain', ';'),
  )
  .map(([body, type]) => ({ body, headers: { 'content-type': type } }))
const takesFile = new Set(['/api/v1/listings/:id/attachments'])

const jsonBody = (path: string): fc.Arbitrary<RequestInit> => {
  const schema = forms[path]
  if (schema === undefined) throw new Error(`no schema for POST ${path}: name it in test/support/forms.ts`)
  const whole = valuesOf(schema)
  const broken = fc
    .tuple(whole, fc.constantFrom(...Object.keys((schema as z.ZodObject).shape), '__proto__', 'x'), hostileJson)
    .map(([value, name, odd]) => ({ ...(value as object), [name]: odd }))
  const json = fc.oneof(whole, broken, broken, hostileJson).map((value) => JSON.stringify(value) ?? '')
  const noJson = fc.constantFrom(
    '',
    '{',
    '[',
    '{"a":',
    '\ufeff{}',
    '{"id":1,"id":2}',
    '{"__proto__":{"id":"x"}}',
    '['.repeat(60_000),
    `{"claim":"\\ud800"}`,
    `{"claim":"\\u0000"}`,
    '1e999',
    'NaN',
  )
  return fc
    .tuple(
      fc.oneof({ weight: 4, arbitrary: json }, { weight: 1, arbitrary: noJson }),
      fc.constantFrom('application/json', 'application/json', 'application/json', 'application/json; charset=utf-16', 'text/json'),
    )
    .map(([body, type]) => ({ body, headers: { 'content-type': type } }))
}

/** What the parameters of API paths are called, by path as Hono has it. */
const apiNames = new Map<string, string[]>(
  Object.entries(describeApi().paths ?? {}).map(([path, item]) => [
    `/api/v1${path.replaceAll(/\{(\w+)\}/g, ':$1')}`,
    ((item.get?.parameters ?? []) as { name: string; in: string }[]).filter((each) => each.in === 'query').map(({ name }) => name),
  ]),
)

function pathOf(route: string, scene: Scene): fc.Arbitrary<string> {
  const real: Record<string, readonly string[]> = {
    key: [scene.member, 'network', 'cigb', 'a-011', 'w001', 'k-001', 'v-bpl', 'nobody'],
    id: [scene.application, scene.talked, scene.claim, scene.role, scene.admin.id],
    token: [scene.joining.split('/').at(-1) ?? '', 'nothing'],
    version: ['1', '2'],
    file: ['pages.xml', 'organizations.xml'],
  }
  const parts = route.split('/').map((part) => {
    const name = /:(\w+)/.exec(part)?.[1]
    if (name === undefined) return fc.constant(part)
    const odd = hostileText.map((value) => encodeURIComponent(value.toWellFormed()).slice(0, 1500) || '%20')
    return fc.oneof(
      { weight: 3, arbitrary: fc.constantFrom(...(real[name] ?? ['x'])) },
      { weight: 1, arbitrary: odd },
      { weight: 1, arbitrary: fc.constantFrom('%', '%ff', '%00', '%2e%2e', '%2f', '..%2f..%2fetc%2fpasswd', '%u0041', ';', '*', ':key', '{key}') },
    )
  })
  return fc
    .tuple(fc.constantFrom('', '/en', '/es', '/zh', '/vi'), fc.tuple(...parts))
    .map(([language, each]) => `${route.startsWith('/api') ? '' : language}${each.join('/')}` || '/')
}

function requestOf({ method, path }: Route, scene: Scene): fc.Arbitrary<Sent> {
  const query = fc.oneof(
    { weight: 4, arbitrary: pairs(apiNames.get(path) ?? []).map((list) => encoded(list).slice(0, 3000)) },
    { weight: 1, arbitrary: brokenEncodings.map((each) => each.slice(0, 3000)) },
  )
  const bodyOf = takesFile.has(path) ? () => fileBody : path.startsWith('/api/') ? jsonBody : formBody
  const body: fc.Arbitrary<RequestInit> = method === 'GET' ? fc.constant({}) : bodyOf(path)
  return fc.tuple(pathOf(path, scene), query, oddHeaders, body).map(([where, asked, headers, { body: content, headers: type }]) => ({
    path: `${where}${asked === '' ? '' : `?${asked}`}`,
    init: {
      method,
      headers: { 'sec-fetch-site': 'same-origin', ...headers, ...(type as Record<string, string> | undefined) },
      ...(content !== undefined && { body: content }),
    },
  }))
}

const secrets =
  /node_modules|\bat [\w.<> ]+ \((file:|node:|\/)|[a-z-]+\.tsx?:\d+|\bSQLSTATE\b|invalid byte sequence|violates|syntax error at or near|relation "|ZodError|kysely|TypeError|RangeError/

const textOf = (bytes: Buffer, encoding: string | null) =>
  (encoding === 'gzip' ? gunzipSync(bytes) : encoding === 'deflate' ? inflateSync(bytes) : bytes).toString('utf8')

/** What is wrong with an answer, whoever asked for it and with whatever. */
async function faultOf(path: string, answer: Response): Promise<string | undefined> {
  const { status, headers } = answer
  const type = headers.get('content-type') ?? ''
  const body = textOf(Buffer.from(await answer.arrayBuffer()), headers.get('content-encoding'))
  if (status >= 500) return `answers ${status}`
  if (!headers.get('content-security-policy')?.includes("default-src 'none'") || headers.get('x-content-type-options') !== 'nosniff')
    return 'lacks its security headers'
  if (headers.get('x-frame-options') !== 'DENY' || headers.get('referrer-policy') === null) return 'lacks its security headers'
  const leak = secrets.exec(body)?.[0]
  if (leak !== undefined && !/\.(xml|csv|jsonl?)$/.test(path)) return `tells ${leak}`
  if (type.includes('html') && body.includes(markup)) return 'lets markup through'
  const place = headers.get('location')
  if (place !== null && new URL(place, 'http://localhost/x').origin !== 'http://localhost') return `leads to ${place}`
  if (status >= 400) {
    if (path.startsWith('/api/')) {
      const problem = type.startsWith('application/problem+json') ? (JSON.parse(body) as { code?: string; status?: number; title?: string }) : {}
      if (problem.status !== status || !problem.code || !problem.title) return `refuses with ${status} in no form`
    } else if (!body.includes('<h1')) return `refuses with ${status} in no form`
  }
  return undefined
}

const tooLong = (request: Promise<Response>) =>
  Promise.race([request, new Promise<never>((_, reject) => void setTimeout(() => reject(new Error('hangs')), hung).unref())])

/** What ends the session that sends it, or takes away what others try, comes last. */
const last = ['/sign-out', '/account/sessions/:id/end', '/account/sessions/end', '/members/:key/standing', '/account/password']

/** Routes that differ in the kind of entry alone are one to the program. */
const shapeOf = ({ method, path }: Route) => `${method} ${path.replace(kinds, ':kind')}`
const kinds = new RegExp(`(?<=/)(${Object.values(plurals).join('|')})(?=[/.]|$)`)

function routesOf(world: World): Route[] {
  const all = world.app.routes.filter(({ method, path }) => method !== 'ALL' && !path.startsWith('/assets/'))
  const unique = [...new Map(all.map(({ method, path }) => [`${method} ${path}`, { method, path }])).values()]
  return unique.toSorted((a, b) => last.indexOf(a.path) - last.indexOf(b.path))
}

onBothEngines(
  'hostile requests',
  (world) => {
    let scene: Scene
    beforeAll(async () => {
      scene = await makeMembersScene(world())
    })
    test.each(['public', 'admin', 'secretariat'])(
      `to every route, as %s (seed ${seed}, ${runs} runs a route)`,
      async (kind) => {
        const key = await makeMember(world(), `Example Institute ${kind}`)
        let sent = 0
        let cookie = ''
        /** Nobody may write two hundred times a minute, so others of their kind take over. */
        const next = async () => {
          if (sent++ % 120 !== 0 || kind === 'public') return
          const somebody =
            kind === 'admin'
              ? await makeMemberPerson(world(), sent % 240 === 1 ? scene.member : key, `Ana ${sent}`, 'admin')
              : await makeSomebody(world(), `Luz ${sent}`, ['secretariat', 'administrator'])
          cookie = `puente=${somebody.token}`
        }
        const faults: string[] = []
        const shapes = new Set<string>()
        for (const [index, route] of routesOf(world()).entries()) {
          const shape = shapeOf(route)
          // The code is the same on the embedded engine, which is the slower; what differs there is what the database says to odd values.
          const most = world().engine === 'embedded' ? Math.ceil(runs / 2) : runs
          const numRuns = shapes.has(shape) ? Math.ceil(most / 4) : most
          shapes.add(shape)
          const property = fc.asyncProperty(requestOf(route, scene), async ({ path, init }) => {
            await next()
            const headers = {
              ...(init.headers as Record<string, string>),
              'x-forwarded-for': `10.${sent >> 16}.${(sent >> 8) & 255}.${sent & 255}`,
              ...(cookie !== '' && { cookie }),
            }
            const answer = await tooLong(world().ask(path, { ...init, headers }))
            const fault = await faultOf(path.split('?')[0] ?? '', answer)
            if (fault !== undefined) throw new Error(fault)
          })
          const { failed, counterexample, errorInstance } = await fc.check(property, {
            seed: seed + index,
            numRuns,
            endOnFailure: process.env['FUZZ_SHRINK'] === undefined,
          })
          if (failed) faults.push(`${route.method} ${route.path}: ${(errorInstance as Error | null)?.message} ${JSON.stringify(counterexample).slice(0, 600)}`)
        }
        const told = world()
          .logged.filter(({ level }) => level === 50)
          .map(({ error }) => String(error).slice(0, 900))
        expect(faults, told.join('\n\n')).toEqual([])
      },
      600_000,
    )
  },
  { PUENTE_PROXIES: '1' },
)
