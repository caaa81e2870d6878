import { createWriteStream, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createGzip } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { readManifest } from '../src/platform/backup/archive.ts'
import { manifestName } from '../src/platform/backup/manifest.ts'
import { TarError, readTar, writeTar } from '../src/platform/backup/tar.ts'
import { newId } from '../src/platform/id.ts'
import { root } from '../src/platform/root.ts'
import { makeMember, makeMemberPerson, pixel } from './support/members.ts'
import { makeSomebody, settings, strong, type Somebody } from './support/persons.ts'
import { onBothEngines, sql } from './support/world.ts'

const text = (words: string) => words.normalize('NFC')

onBothEngines(
  'hostile input',
  (world) => {
    let admin: Somebody
    let desk: Somebody
    let member: string
    let network: string
    beforeAll(async () => {
      desk = await makeSomebody(world(), 'Luz Ejemplo', ['secretariat', 'administrator'])
      member = await makeMember(world(), 'Example Biocentre')
      admin = await makeMemberPerson(world(), member, 'Bảo Ví Dụ', 'admin')
      network = (await world().rows(sql<{ id: string }>`select id from members.network`))[0]?.id ?? ''
    })

    const send = (path: string, body: FormData, somebody = admin) =>
      world().ask(path, {
        method: 'POST',
        body,
        headers: { cookie: `puente=${somebody.token}`, 'x-forwarded-for': somebody.id, 'sec-fetch-site': 'same-origin' },
      })
    const carrying = (fields: Record<string, string | File>) => {
      const form = new FormData()
      for (const [name, value] of Object.entries(fields)) form.set(name, value)
      return form
    }

    test.each([
      '//example.org',
      '///example.org',
      '/\\example.org',
      '\\\\example.org',
      'https://example.org/',
      'https:example.org',
      'javascript:alert(1)',
      'data:text/html,x',
      ' //example.org',
      '/\t/example.org',
      '\t//example.org',
      '/\n/example.org',
      '/%0d%0aSet-Cookie:a=b',
      '/x\r\nSet-Cookie: a=b',
      '.example.org',
      '@example.org',
      '/account@example.org//',
      '\u2028//example.org',
      '/',
    ])('signing in leads to no other site: %j', async (next) => {
      const { id } = await makeSomebody(world(), 'Eva Ejemplo', [])
      const asked = `?next=${encodeURIComponent(next)}`
      const cookie = { cookie: `puente=${admin.token}` }
      const answers = [
        await world().ask(`/en/sign-in${asked}`, { headers: cookie }),
        await world().ask(`/sign-in${asked}`, { headers: cookie }),
        await world().ask(`/en/terms/accept${asked}`, { headers: cookie }),
        await world().post('/en/sign-in/openid', { next }, { ...cookie, 'x-forwarded-for': id }),
        await world().post('/en/account/proof', { current: strong, next }, { ...cookie, 'x-forwarded-for': id }),
      ]
      for (const answer of answers) {
        const place = answer.headers.get('location')
        expect(answer.status).toBeLessThan(500)
        expect(answer.headers.getSetCookie().join()).not.toContain('a=b')
        if (place !== null) expect([next, new URL(place, 'http://localhost/en/sign-in').origin]).toEqual([next, 'http://localhost'])
        const forms = (await answer.text()).match(/name="next" value="[^"]*"/g) ?? []
        for (const field of forms) expect(field).toMatch(/value="\/([^/\\][^"]*)?"/)
      }
    })

    test.each([
      ['../../../etc/passwd', 'etcpasswd'],
      ['..\\..\\windows\\system.ini', 'windowssystem.ini'],
      ['a\r\nContent-Type: text/html\r\n\r\n.pdf', 'Content-Type'],
      ['invoice\u202efdp.exe', 'invoicefdp.exe'],
      ['"; filename=x.html', 'filename'],
      ['\u200b\u3164', ''],
      ['a'.repeat(5000), 'aaa'],
      ['药品\ud800证.pdf', '药品'],
    ])('a document called %j is kept under no path and named in no other header', async (name, part) => {
      const id = newId()
      await world().rows(sql`delete from members.claim`)
      const document = new File(['%PDF-1.7\n%%EOF'], name, { type: 'text/html' })
      const sent = await send('/en/organizations/cigb/claim', carrying({ id, member, evidence: 'See the register.', document }))
      expect(sent.status).toBe(303)
      const [file] = await world().rows(
        sql<{ name: string }>`select f.name from members.claim c join app.file f on f.id = c.document_id where c.id = ${id}::uuid`,
      )
      expect(file?.name).toContain(part)
      expect(file?.name).not.toMatch(/[/\\\p{Cc}\p{Cf}\p{Cs}]/u)
      expect((file?.name ?? '').length).toBeLessThanOrEqual(200)
      const answer = await desk.get(`/en/claims/${id}/document`)
      expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'application/pdf'])
      expect(answer.headers.get('content-disposition')).toMatch(/^attachment; filename="[^"\r\n\\/]+"; filename\*=UTF-8''[\w!#$&+.^`|~%-]+$/)
    })

    test.each([
      ['a zip', Buffer.from('504b0304140000000800', 'hex')],
      ['a gzip', Buffer.from('1f8b0800000000000003', 'hex')],
      ['a spreadsheet of the old kind', Buffer.from('d0cf11e0a1b11ae1', 'hex')],
      [
        'XML with an entity',
        Buffer.from('<?xml version="1.0"?><!DOCTYPE x [<!ENTITY y SYSTEM "file:///etc/passwd">]><svg xmlns="http://www.w3.org/2000/svg">&y;</svg>'),
      ],
      ['a page', Buffer.from('<!doctype html><script>alert(1)</script>')],
    ])('%s is neither a logo nor a document', async (_, bytes) => {
      const file = new File([bytes], 'x.png', { type: 'image/png' })
      expect((await send(`/en/members/${member}/logo`, carrying({ logo: file }))).status).toBe(415)
      expect((await send('/en/organizations/cim/claim', carrying({ id: newId(), member, evidence: 'x', document: file }))).status).toBe(415)
    })

    test('a small file that unfolds to a picture of gigabytes is no logo', async () => {
      const before = (await world().rows(sql<{ n: number }>`select count(*)::int as n from members.logo`))[0]?.n
      for (const [width, height] of [
        [60_000, 60_000],
        [1, 2_000_000_000],
        [4001, 1],
        [0, 0],
      ] as const) {
        const bomb = Buffer.from(pixel)
        bomb.writeUInt32BE(width, 16)
        bomb.writeUInt32BE(height, 20)
        const answer = await send(`/en/members/${member}/logo`, carrying({ logo: new File([bomb], 'x.png') }))
        expect([width, answer.status]).toEqual([width, 422])
        expect(await answer.text()).toContain('pixels')
      }
      expect((await send(`/en/members/${member}/logo`, carrying({ logo: new File([pixel.subarray(0, 20)], 'x.png') }))).status).not.toBe(303)
      expect((await world().rows(sql<{ n: number }>`select count(*)::int as n from members.logo`))[0]?.n).toBe(before)
      expect((await send(`/en/members/${member}/logo`, carrying({ logo: new File([pixel], 'x.png') }))).status).toBe(303)
    })

    test('a form where a file is expected has the room of a form', async () => {
      for (const path of [`/en/members/${member}/logo`, '/en/organizations/cigb/claim']) {
        const answer = await world().ask(path, {
          method: 'POST',
          body: 'a=&'.repeat(100_000),
          headers: { cookie: `puente=${admin.token}`, 'content-type': 'application/x-www-form-urlencoded', 'sec-fetch-site': 'same-origin' },
        })
        expect([path, answer.status]).toEqual([path, 413])
      }
    })

    test('a form of all the fields that fit, and JSON as deep as it fits, are refused as any other that is wrong', async () => {
      const fields = Array.from({ length: 20_000 }, (_, n) => `f${n}=x`).join('&')
      const form = { method: 'POST', headers: { 'content-type': 'application/x-www-form-urlencoded', 'sec-fetch-site': 'same-origin' } }
      expect((await world().ask('/en/corrections', { ...form, body: fields })).status).toBe(422)
      const json = { method: 'POST', headers: { 'content-type': 'application/json' } }
      for (const body of [
        '['.repeat(100_000) + ']'.repeat(100_000),
        `${'{"a":'.repeat(30_000)}1${'}'.repeat(30_000)}`,
        `{"claim":${'['.repeat(50_000)}${']'.repeat(50_000)}}`,
      ]) {
        const answer = await world().ask('/api/v1/corrections', { ...json, body })
        expect([400, 422]).toContain(answer.status)
        expect(answer.headers.get('content-type')).toContain('application/problem+json')
      }
    })

    test('the style sheet keeps what somebody typed from turning the words beside it round', () => {
      const style = world().assets.style.body.toString()
      expect(style).toMatch(/(^|[,}{])a,b,bdi,[a-z,]*span[a-z,]*\{unicode-bidi:isolate\}/)
      expect(style).toMatch(/p,li,dd,[a-z,]*\{unicode-bidi:plaintext\}/)
    })

    test('a body that says it is packed is not unpacked', async () => {
      const headers = { 'content-type': 'application/json', 'content-encoding': 'gzip' }
      expect((await world().ask('/api/v1/corrections', { method: 'POST', headers, body: Buffer.from('1f8b0800000000000003', 'hex') })).status).toBe(400)
    })

    test('names that deceive are refused to applicants and to members, with the field and the reason', async () => {
      const application = { id: newId(), network, original: 'en', kind: 'hospital', country: 'CU', why: 'x', contact: 'Ana', email: 'ana@example.org' }
      const apply = async (name: string) => world().post('/en/apply', { ...application, id: newId(), name }, { 'x-forwarded-for': newId() })
      for (const [name, words] of [
        ['Example Вiocentre', 'mixes letters'],
        ['ЕХАМРLЕ ВІОСЕNТRЕ', 'mixes letters'],
        ['ВІОСЕН', undefined],
        ['Exarnple Biocentre', 'looks like Example Biocentre'],
        ['СІМАВ', undefined],
        ['Example\u202eertnecoiB', 'U+202E'],
        ['Ex\u0301\u0301\u0301\u0301\u0301\u0301ample', 'piles up marks'],
      ] as const) {
        const answer = await apply(name)
        const page = (await answer.text()).replaceAll('&#39;', "'")
        expect([name, answer.status]).toEqual([name, words === undefined ? answer.status : 422])
        if (words !== undefined) expect(page).toContain(words)
      }
      for (const name of ['BIOTECH药业', 'Công ty ABC', 'Bệnh viện Ví dụ'.normalize('NFD'), 'Centro de Biología Ñandú', 'Example Biocentre'])
        expect([name, (await apply(name)).status]).toEqual([name, 303])
      const [kept] = await world().rows(sql<{ name: { en: string } }>`select name from members.application where name ->> 'en' like 'B%nh%'`)
      expect(kept?.name.en).toBe(text('Bệnh viện Ví dụ'))

      const other = await makeMember(world(), 'Another Example')
      const its = await makeMemberPerson(world(), other, 'Chi Ví Dụ', 'admin')
      const rename = (name: string) => its.post(`/en/members/${other}/edit/texts`, { language: 'en', version: '1', name })
      const refused = await rename('Examp1e Bi0centre')
      expect([refused.status, await refused.text()]).toEqual([422, expect.stringContaining('looks like Example Biocentre')])
      expect((await rename('Another Example Institute')).status).toBe(303)
    })

    test('no address that somebody types is asked: not of a website, of evidence, of a page or of a contact', async () => {
      const asked: string[] = []
      const trap = createServer((socket) => void (asked.push('connection'), socket.destroy()))
      await new Promise<void>((resolve) => trap.listen(0, '127.0.0.1', resolve))
      const address = trap.address()
      const at = `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}/`
      const fetched: string[] = []
      const real = globalThis.fetch
      globalThis.fetch = async (input) => {
        fetched.push(input instanceof Request ? input.url : input.toString())
        throw new Error('nothing is fetched')
      }
      try {
        const visitor = { 'x-forwarded-for': newId() }
        await world().post('/en/corrections', { id: newId(), claim: at, evidence: at, about: at }, visitor)
        await world().post('/en/reports', { id: newId(), about: '/', reason: 'other', claim: at }, visitor)
        await world().post(
          '/en/apply',
          { id: newId(), network, name: at, original: 'en', kind: 'hospital', country: 'CU', why: at, website: at, contact: at, email: 'x@example.org' },
          visitor,
        )
        await admin.post(`/en/members/${member}/edit`, { version: '1', kind: 'hospital', country: 'CU', original: 'en', website: at })
        await world().ask(`/en/search?q=${encodeURIComponent(at)}`, { headers: { referer: at, origin: at, 'x-forwarded-host': at } })
        await world().ask(`/sign-in/openid/back?iss=${encodeURIComponent(at)}&code=x&state=y`)
        await world().post('/en/sign-in/openid', { issuer: at, next: at }, visitor)
      } finally {
        globalThis.fetch = real
        trap.close()
      }
      expect([asked, fetched]).toEqual([[], []])
    })

    test.each([
      'https://bank.example.org@evil.example.org/',
      'https://user:pass@example.org/',
      'https://exаmple.org/',
      'https://xn--exmple-4nf.org/',
      'javascript://example.org/%0aalert(1)',
      'data:text/html,x',
      'http://127.0.0.1/',
      'http://[::1]/',
      'http://localhost/',
      'https://example.org/\u202egnp',
      'file:///etc/passwd',
    ])('%s is no address of a website', async (website) => {
      const answer = await admin.post(`/en/members/${member}/edit`, { version: '99', kind: 'hospital', country: 'CU', original: 'en', website })
      expect([answer.status, (await answer.text()).includes('id="website-issue"')]).toEqual([422, true])
    })
  },
  settings,
)

describe('what only files may hold', () => {
  const folder = mkdtempSync(join(tmpdir(), 'puente-hostile-'))
  afterAll(() => rmSync(folder, { recursive: true, force: true }))

  const archive = async (name: string, size: number, content: Buffer) => {
    const path = join(folder, `${newId()}.tar.gz`)
    const parts = (async function* () {
      yield { name, size, content: Readable.from([content]) }
    })()
    // Whoever makes a bomb writes its head and need not write the rest.
    const bytes = (async function* () {
      try {
        yield* writeTar(parts, 0)
      } catch {
        return
      }
    })()
    await pipeline(Readable.from(bytes), createGzip(), createWriteStream(path))
    return path
  }

  test('a backup whose head would fill the memory is none', async () => {
    const path = await archive(manifestName, 300 * 1024 * 1024, Buffer.alloc(1024))
    await expect(readManifest({ path, keys: undefined })).rejects.toMatchObject({ code: 'backup_unknown' })
  })

  test('an archive with a part of less than nothing is none', async () => {
    const whole: Buffer[] = []
    const one = (async function* () {
      yield { name: 'a', size: 1, content: Readable.from([Buffer.from('x')]) }
    })()
    for await (const piece of writeTar(one, 0)) whole.push(Buffer.from(piece))
    const bytes = Buffer.concat(whole)
    bytes.write('-0000000001', 124, 'latin1')
    bytes.write('        ', 148, 'latin1')
    bytes.write(
      `${bytes
        .subarray(0, 512)
        .reduce((sum, byte) => sum + byte, 0)
        .toString(8)
        .padStart(6, '0')}\0 `,
      148,
      'latin1',
    )
    const read = async () => {
      for await (const part of readTar(Readable.from([bytes]))) expect(part.size).toBeGreaterThanOrEqual(0)
    }
    await expect(read()).rejects.toBeInstanceOf(TarError)
  })
})

const sources = readdirSync(join(root, 'src'), { recursive: true, encoding: 'utf8' })
  .filter((file) => /\.tsx?$/.test(file) && !/\.test\./.test(file))
  .toSorted()
const thatSay = (words: RegExp) => sources.filter((file) => words.test(readFileSync(join(root, 'src', file), 'utf8')))

test('what speaks to others is known: mail, the provider, what asks the services that an operator names, the socket of the command line, and no door', () => {
  expect(thatSay(/\bfetch\(|from '(node:)?(https?|http2|net|tls|dgram|dns|dns\/promises|child_process|undici)'|from '(nodemailer|openid-client)'/)).toEqual([
    'platform/access/openid.ts',
    'platform/ask-service.ts',
    'platform/cli/socket.ts',
    'platform/http/server.ts',
    'platform/mail/smtp.ts',
  ])
})

test('what unpacks or reads XML is known: backups, by the command line alone, answers that the server packed itself, and workbooks, which are counted as they unfold', () => {
  expect(
    thatSay(
      /from '(node:)?zlib'|DecompressionStream|from '(fflate|saxen|tar|tar-fs|fast-xml-parser|xlsx|read-excel-file|jszip|adm-zip|yauzl|unzipper|libxmljs)/,
    ),
  ).toEqual([
    'platform/backup/archive.ts',
    'platform/backup/backup.ts',
    'platform/http/kept-answers.ts',
    'platform/workbook/unpack.ts',
    'platform/workbook/xml.ts',
  ])
  const readers = thatSay(/from '[./]*(platform\/)?backup\/[a-z-]+\.ts'/).filter((file) => !file.startsWith('platform/backup/'))
  // The settings name the public keys of backups, and look whether they are some.
  expect(readers.filter((file) => !file.startsWith('platform/cli/'))).toEqual(['platform/config.ts'])
})
