import { beforeAll, expect, test } from 'vitest'
import type { Actor } from '../src/platform/access/actor.ts'
import { newId } from '../src/platform/id.ts'
import { membersTexts } from '../src/modules/members/text/index.ts'
import { keyCommands } from '../src/modules/members/commands/keys.ts'
import { platformTexts } from '../src/platform/i18n/index.ts'
import { allScopes, askingWith, makeApiKey, sendKeyForm, type ApiKey } from './support/api-keys.ts'
import { makeMember, makeMemberPerson } from './support/members.ts'
import { makeSomebody, statusAndPlace, type Somebody } from './support/persons.ts'
import { onBothEngines, sql, type World } from './support/world.ts'

const correction = () => ({ id: newId(), claim: 'The year is wrong.' })
const codeOf = async (answer: Response) => [answer.status, ((await answer.json()) as { code?: string }).code]
const asKey = (id: string): Actor => ({ kind: 'key', id, name: '', owner: { kind: 'person', id }, scopes: allScopes, endsAt: new Date(0) })

/** Makes an entry of the record visible to some alone. */
async function hideEntry(world: World, key: string, grantee: string): Promise<void> {
  const space = newId()
  await world.rows(sql`insert into app.space (id, name) values (${space}, ${`test-${space}`})`)
  await world.rows(sql`insert into app.space_grant (space_id, grantee, scope) values (${space}, ${grantee}, 'read')`)
  for (const table of ['record.entry', 'record.catalogue', 'record.statement', 'record.citation'])
    await world.rows(
      sql`update ${sql.raw(table)} set space_id = ${space} where ${sql.raw(
        { 'record.entry': 'id', 'record.catalogue': 'entry_id', 'record.statement': 'entry_id', 'record.citation': 'statement_id' }[table] ?? 'id',
      )} in (${table === 'record.citation' ? sql`select s.id from record.statement s join record.entry e on e.id = s.entry_id where e.key = ${key}` : sql`select id from record.entry where key = ${key}`})`,
    )
}

onBothEngines(
  'an API key',
  (world) => {
    let ana: Somebody
    let admin: Somebody
    let editor: Somebody
    let member: string
    let key: ApiKey

    beforeAll(async () => {
      await makeSomebody(world(), 'Luz', ['secretariat', 'administrator'])
      ana = await makeSomebody(world(), 'Ana', [])
      member = await makeMember(world(), 'Example Hospital')
      admin = await makeMemberPerson(world(), member, 'Bảo', 'admin')
      editor = await makeMemberPerson(world(), member, 'Chi', 'editor')
    })

    test('is made by who has just shown who they are, shown once, and kept as a hash', async () => {
      expect(await (await ana.get('/en/account/api-keys')).text()).toContain(membersTexts.en('key.none'))
      expect(statusAndPlace(await ana.get('/en/account/api-keys/new'))).toEqual([303, '/en/account/proof?next=%2Faccount%2Fapi-keys%2Fnew'])
      expect(statusAndPlace(await ana.post('/en/account/api-keys', {}))).toEqual([303, '/en/account/proof?next=%2Faccount%2Fapi-keys%2Fnew'])
      key = await makeApiKey(world(), ana)
      expect((await ana.get('/en/account/api-keys/new')).status).toBe(200)
      const list = await (await ana.get('/en/account/api-keys')).text()
      expect([list.includes(key.token), list.includes(key.token.slice(0, 13)), list.includes(membersTexts.en('key.unused'))]).toEqual([false, true, true])
      const rows = await world().rows(sql<{ digest: string; all: string }>`select encode(digest, 'hex') as digest, k::text as all from auth.api_key k`)
      expect([rows.length, rows[0]?.digest.length, rows[0]?.all.includes(key.token)]).toEqual([1, 64, false])
      const log = await world().rows(sql<{ verb: string; payload: string }>`
        select e.verb, p.payload from app.log_entry e join app.log_payload p on p.entry_id = e.id where e.object_id = ${ana.id}::uuid`)
      expect([log.map(({ verb }) => verb), log.some(({ payload }) => payload.includes(key.token))]).toEqual([['members.api-key.made'], false])
      expect(await world().rows(sql`select subject from app.mail where recipient = ${`${ana.id}@example.org`}`)).toEqual([
        { subject: membersTexts.en('key.mail.made.subject') },
      ])
    })

    test('is made once by one form, and not without a name, a scope, or a day within a year', async () => {
      const id = newId()
      expect((await sendKeyForm(world(), ana, { name: 'twice' }, id)).status).toBe(200)
      expect(statusAndPlace(await sendKeyForm(world(), ana, { name: 'twice' }, id))).toEqual([303, '/en/account/api-keys'])
      for (const [wrong, field] of [
        [{ name: ' ' }, 'name'],
        [{ name: 'x'.repeat(101) }, 'name'],
        [{ scopes: [] }, 'scopes'],
        [{ scopes: ['record:read', 'everything:write'] }, 'scopes'],
        [{ until: '2020-01-01' }, 'until'],
        [{ until: '2999-01-01' }, 'until'],
        [{ until: 'tomorrow' }, 'until'],
      ] as const) {
        const page = await sendKeyForm(world(), ana, wrong)
        expect([wrong, page.status, (await page.text()).includes(`href="#${field}"`)]).toEqual([wrong, 422, true])
      }
      expect(await world().rows(sql`select name from auth.api_key where account_id = ${ana.id}::uuid order by made_at`)).toEqual([
        { name: 'laboratory system' },
        { name: 'twice' },
      ])
    })

    test('says who it is, and that it was used, once an hour', async () => {
      const said = await key.ask('/api/v1/key')
      expect([said.status, said.headers.get('cache-control')]).toEqual([200, 'private, no-cache'])
      expect(await said.json()).toMatchObject({ id: key.id, name: 'laboratory system', owner: { kind: 'person', id: ana.id }, scopes: allScopes })
      const used = async () => (await world().rows(sql<{ at: string | null }>`select used_at::text as at from auth.api_key where id = ${key.id}`))[0]?.at
      const first = await used()
      await key.ask('/api/v1/key')
      expect([first === null, await used()]).toEqual([false, first])
      await world().rows(sql`update auth.api_key set used_at = now() - interval '61 minutes' where id = ${key.id}`)
      const old = await used()
      await key.ask('/api/v1/record/summary')
      expect(await used()).not.toBe(old)
    })

    test('nobody knows, or that has ended, is refused with what to do', async () => {
      const wrong = await askingWith(world(), `puente_${'x'.repeat(43)}`).ask('/api/v1/record/summary', { headers: { 'accept-language': 'es' } })
      expect([wrong.status, wrong.headers.get('www-authenticate')]).toEqual([401, 'Bearer realm="Puente", error="invalid_token"'])
      expect(await wrong.json()).toMatchObject({ code: 'key_unknown', title: platformTexts.es('refusal.key_unknown') })
      for (const header of ['Bearer', 'bearer  ', 'Bearer nonsense', `Bearer ${key.token.slice(0, -1)}`, `Bearer ${key.token} `.repeat(2)])
        expect([header, await codeOf(await world().ask('/api/v1/record/summary', { headers: { authorization: header } }))]).toEqual([
          header,
          [401, 'key_unknown'],
        ])
      const other = await makeApiKey(world(), ana, { name: 'other' })
      await world().rows(sql`update auth.api_key set made_at = now() - interval '2 days', ends_at = now() where id = ${other.id}`)
      expect(await codeOf(await other.ask('/api/v1/record/summary'))).toEqual([401, 'key_expired'])
      const third = await makeApiKey(world(), ana, { name: 'third' })
      expect((await third.ask('/api/v1/record/summary')).status).toBe(200)
      expect(statusAndPlace(await ana.post(`/en/account/api-keys/${third.id}/end`, {}))).toEqual([303, '/en/account/api-keys?done=revoked'])
      expect(await codeOf(await third.ask('/api/v1/record/summary'))).toEqual([401, 'key_revoked'])
      expect((await ana.post(`/en/account/api-keys/${third.id}/end`, {})).status).toBe(404)
      expect((await admin.post(`/en/account/api-keys/${key.id}/end`, {})).status).toBe(404)
      const nobody = await world().ask('/api/v1/key')
      expect([...(await codeOf(nobody)), nobody.headers.get('www-authenticate')]).toEqual([401, 'key_needed', 'Bearer realm="Puente"'])
    })

    test('reaches the fields of its scopes only, and is told which one it lacks', async () => {
      const reader = await makeApiKey(world(), ana, { scopes: ['record:read'] })
      expect((await reader.ask('/api/v1/record/organizations/cigb')).status).toBe(200)
      expect((await reader.ask('/api/v1/search?q=cuba')).status).toBe(200)
      const members = await reader.ask('/api/v1/members')
      expect([members.status, members.headers.get('www-authenticate')]).toEqual([
        403,
        'Bearer realm="Puente", error="insufficient_scope", scope="members:read"',
      ])
      expect(await members.json()).toMatchObject({ code: 'key_scope', title: platformTexts.en('refusal.key_scope', { scope: 'members:read' }) })
      expect(await codeOf(await reader.send('/api/v1/corrections', correction()))).toEqual([403, 'key_scope'])
      expect(await codeOf(await reader.send('/api/v1/reports', {}))).toEqual([403, 'key_scope'])
    })

    test('that only reads writes nothing in the database either, and no key says who else may', async () => {
      const reader = await makeApiKey(world(), ana, { scopes: ['record:read', 'members:read'] })
      const spaces = (id: string) =>
        world().database.read(asKey(id), async (db) => {
          const { rows } = await sql<
            Record<'read' | 'add' | 'write' | 'own', number>
          >`select cardinality(app.spaces('read')) as read, cardinality(app.spaces('add')) as add,
            cardinality(app.spaces('write')) as write, cardinality(app.spaces('own')) as own`.execute(db)
          return rows[0]
        })
      expect(await spaces(reader.id)).toMatchObject({ add: 0, write: 0, own: 0 })
      expect(await spaces(key.id)).toMatchObject({ own: 0 })
      expect((await spaces(key.id))?.write).toBeGreaterThan(0)
      expect((await spaces(reader.id))?.read).toBe((await spaces(key.id))?.read)
      const attempts = [
        sql`insert into record.correction (id, space_id, claim, language) values (gen_random_uuid(), '00000000-0000-7000-8000-000000000002', 'x', 'en')`,
        sql`select app.make_space(gen_random_uuid(), 'x', '[]')`,
        sql`select members.next_application((select id from members.network limit 1))`,
        sql`select app.grant_space('00000000-0000-7000-8000-000000000001', 'public', 'write')`,
        sql`select app.log_append(gen_random_uuid(), 'network', '00000000-0000-7000-8000-000000000002', null, 'x.y', 'x', null, sha256('x'), '{}')`,
      ]
      for (const attempt of attempts) {
        const refusal = await world()
          .database.write(asKey(reader.id), (db) => attempt.execute(db))
          .catch((error: { code?: string }) => error.code)
        expect(refusal).toBe('42501')
      }
      const renamed = await world().database.write(asKey(reader.id), (db) => sql`update members.person set name = 'x'`.execute(db))
      expect(renamed.numAffectedRows).toBe(0n)
      expect(await world().rows(sql`select name from members.person where id = ${ana.id}::uuid`)).toEqual([{ name: 'Ana' }])
      await world().rows(sql`update auth.api_key set ended_at = now() where id = ${reader.id}`)
      expect(await spaces(reader.id)).toEqual({ read: 0, add: 0, write: 0, own: 0 })
    })

    test('sees what its owner sees, and no more', async () => {
      const ofMember = await makeApiKey(world(), admin, { member })
      const ofAdmin = await makeApiKey(world(), admin)
      const [organization] = await world().rows(sql<{ id: string }>`select id from members.organization where key = ${member}`)
      await hideEntry(world(), 'a-001', `organization:${organization?.id}`)
      await hideEntry(world(), 'a-002', `person:${admin.id}`)
      const seen = async (ask: (path: string) => Promise<Response>) =>
        Promise.all(['a-001', 'a-002', 'a-003'].map(async (entry) => (await ask(`/api/v1/record/agreements/${entry}`)).status))
      expect(await seen(ofMember.ask)).toEqual([200, 404, 200])
      expect(await seen(ofAdmin.ask)).toEqual([200, 200, 200])
      expect(await seen(key.ask)).toEqual([404, 404, 200])
      expect(await seen((path) => world().ask(path))).toEqual([404, 404, 200])
      const listed = async (ask: (path: string) => Promise<Response>) =>
        ((await (await ask('/api/v1/record/agreements.json')).json()) as { items: unknown[] }).items.length
      expect((await listed(ofAdmin.ask)) - (await listed(key.ask))).toBe(2)
    })

    test('decides under /api, whoever the cookie says, and is nothing on pages', async () => {
      const cookie = `puente=${admin.token}`
      const both = await key.ask('/api/v1/record/agreements/a-002', { headers: { cookie } })
      expect([both.status, (await world().ask('/api/v1/record/agreements/a-002', { headers: { cookie } })).status]).toEqual([404, 200])
      expect((await askingWith(world(), 'puente_x').ask('/api/v1/record/summary', { headers: { cookie } })).status).toBe(401)
      expect(statusAndPlace(await key.ask('/en/account'))).toEqual([303, '/en/sign-in?next=%2Faccount'])
      const ofAdmin = await makeApiKey(world(), admin)
      expect([(await ofAdmin.ask('/api/v1/record/agreements/a-002')).status, (await ofAdmin.ask('/en/agreements/a-002')).status]).toEqual([200, 404])
      expect((await askingWith(world(), 'puente_x').ask('/en/agreements')).status).toBe(200)
      const form = { method: 'POST', body: new URLSearchParams({ name: 'Eve', language: 'en' }), headers: { 'sec-fetch-site': 'same-origin' } }
      expect(statusAndPlace(await key.ask('/en/account', form))).toEqual([303, '/en/sign-in?next=%2Faccount'])
      expect((await world().ask('/api/v1/record/summary', { headers: { authorization: 'Basic eDp5' } })).status).toBe(200)
    })

    test('sends corrections and reports, and the log says which key of whom', async () => {
      const ofMember = await makeApiKey(world(), admin, { member, scopes: ['desk:write'] })
      const [mine, theirs, report] = [correction(), correction(), { id: newId(), about: '/', reason: 'other', claim: 'x' }]
      expect((await key.send('/api/v1/corrections', mine)).status).toBe(201)
      expect((await ofMember.send('/api/v1/corrections', theirs)).status).toBe(201)
      expect((await ofMember.send('/api/v1/reports', report)).status).toBe(201)
      const [organization] = await world().rows(sql<{ id: string }>`select id from members.organization where key = ${member}`)
      const signed = await world().rows(sql`select actor from app.log_entry where object_id in (${mine.id}, ${theirs.id}, ${report.id}) order by position`)
      expect(signed).toEqual([
        { actor: `person:${ana.id},key:${key.id}` },
        { actor: `organization:${organization?.id},key:${ofMember.id}` },
        { actor: `organization:${organization?.id},key:${ofMember.id}` },
      ])
      expect(await world().rows(sql`select count(*)::int as n from record.correction where id in (${mine.id}, ${theirs.id})`)).toEqual([{ n: 2 }])
    })

    test('of a member is made by its admins, who are all told', async () => {
      const other = await makeMemberPerson(world(), member, 'Dũng', 'admin')
      for (const [who, status] of [
        [editor, 403],
        [ana, 403],
      ] as const) {
        expect((await who.get(`/en/members/${member}/api-keys`)).status).toBe(status)
        expect((await sendKeyForm(world(), who, { member })).status).toBe(status)
      }
      expect((await admin.get('/en/members/no-such/api-keys')).status).toBe(404)
      const made = await makeApiKey(world(), admin, { member, name: 'ward system' })
      expect(await (await other.get(`/en/members/${member}/api-keys`)).text()).toContain('ward system')
      expect((await editor.post(`/en/members/${member}/api-keys/${made.id}/end`, {})).status).toBe(403)
      expect((await other.post(`/en/account/api-keys/${made.id}/end`, {})).status).toBe(404)
      expect((await other.post(`/en/members/${member}/api-keys/${made.id}/end`, {})).status).toBe(303)
      expect((await made.ask('/api/v1/key')).status).toBe(401)
      const mails = await world().rows(
        sql<{ recipient: string; subject: string }>`select recipient, subject from app.mail order by made_at desc, id desc limit 4`,
      )
      expect(mails.map(({ recipient, subject }) => `${recipient} ${subject}`).toSorted()).toEqual(
        [admin, other]
          .flatMap(({ id }) => (['made', 'revoked'] as const).map((what) => `${id}@example.org ${membersTexts.en(`key.mail.${what}.subject`)}`))
          .toSorted(),
      )
      const log = await world().rows(sql`select verb, actor from app.log_entry where verb like 'members.api-key.%' order by position desc limit 2`)
      expect(log).toEqual([
        { verb: 'members.api-key.revoked', actor: `person:${other.id}` },
        { verb: 'members.api-key.made', actor: `person:${admin.id}` },
      ])
    })

    test('rests while its organization is admitted nowhere, and when its account is closed', async () => {
      const ofMember = await makeApiKey(world(), admin, { member })
      await world().rows(sql`update members.standing set state = 'suspended'`)
      expect(await codeOf(await ofMember.ask('/api/v1/record/summary'))).toEqual([401, 'key_rests'])
      expect(await world().database.read(asKey(ofMember.id), async (db) => (await sql`select app.principals() as names`.execute(db)).rows)).toEqual([
        { names: [] },
      ])
      await world().rows(sql`update members.standing set state = 'admitted'`)
      expect((await ofMember.ask('/api/v1/record/summary')).status).toBe(200)
      await world().rows(sql`update auth.account set closed_at = now() where id = ${ana.id}::uuid`)
      expect(await codeOf(await key.ask('/api/v1/record/summary'))).toEqual([401, 'key_rests'])
      await world().rows(sql`update auth.account set closed_at = null where id = ${ana.id}::uuid`)
    })

    test('loses with its person what that person loses', async () => {
      const ofEditor = await makeApiKey(world(), editor)
      const names = () =>
        world().database.read(asKey(ofEditor.id), async (db) => (await sql<{ names: string[] }>`select app.principals() as names`.execute(db)).rows[0]?.names)
      expect((await names())?.some((name) => name.endsWith(':editor'))).toBe(true)
      await world().rows(sql`update members.role set valid_to = now() where person_id = ${editor.id}::uuid`)
      expect(await names()).toEqual(['public', `person:${editor.id}`])
    })

    test('of which there are too many is refused, and the list goes on over pages', async () => {
      const eva = await makeSomebody(world(), 'Eva', [])
      await world().rows(sql`insert into auth.api_key (id, account_id, made_by, digest, hint, name, scopes, ends_at)
        select gen_random_uuid(), ${eva.id}, ${eva.id}, sha256(convert_to('x' || n, 'UTF8')), 'puente_xxxxxx', 'key ' || n, '{record:read}', now() + interval '1 day' from generate_series(1, 50) n`)
      const refused = await sendKeyForm(world(), eva, {})
      expect([refused.status, (await refused.text()).includes(platformTexts.en('refusal.key_limit', { n: 50 }))]).toEqual([409, true])
      const names = new Set<string>()
      let path: string | undefined = '/en/account/api-keys'
      let pages = 0
      while (path !== undefined) {
        const text = await (await eva.get(path)).text()
        for (const [, name = ''] of text.matchAll(/<b>(key \d+)<\/b>/g)) names.add(name)
        path = /rel="next" href="([^"]+)"/.exec(text)?.[1]?.replaceAll('&amp;', '&')
        pages += 1
      }
      expect([names.size, pages]).toEqual([50, 3])
    })

    test('is found and revoked by whoever runs the instance, by its id or the key itself', async () => {
      const [one, two] = [await makeApiKey(world(), ana, { name: 'lost' }), await makeApiKey(world(), admin, { member, name: 'lost too' })]
      const run = async (verb: string, args: Record<string, string> = {}) => {
        const lines: string[] = []
        const command = keyCommands.find(({ path }) => path.join(' ') === verb)
        const { config, database, files } = world()
        await command?.run({ config, database, files, args, options: {}, json: true, out: (line) => lines.push(line), err: () => {} })
        return lines.map((line) => JSON.parse(line) as Record<string, unknown>)
      }
      const listed = await run('key list')
      expect(listed.find(({ id }) => id === one.id)).toMatchObject({ name: 'lost', owner: { kind: 'person', name: `${ana.id}@example.org` }, state: 'works' })
      expect(listed.find(({ id }) => id === two.id)).toMatchObject({ owner: { kind: 'organization', name: member }, hint: two.token.slice(0, 13) })
      await run('key revoke', { key: one.token })
      await run('key revoke', { key: two.id })
      for (const each of [one, two]) expect(await codeOf(await each.ask('/api/v1/key'))).toEqual([401, 'key_revoked'])
      await expect(run('key revoke', { key: one.id })).rejects.toMatchObject({ code: 'key_none' })
      await expect(run('key revoke', { key: 'nonsense' })).rejects.toMatchObject({ code: 'key_none' })
      const log = await world().rows(sql`select actor from app.log_entry where verb = 'members.api-key.revoked' order by position desc limit 2`)
      expect(log).toEqual([{ actor: 'system:accounts' }, { actor: 'system:accounts' }])
      expect(
        await world().rows(
          sql`select recipient from app.mail where subject = ${membersTexts.en('key.mail.revoked.subject')} and recipient = ${`${ana.id}@example.org`}`,
        ),
      ).toHaveLength(2)
    })
  },
  { PUENTE_PROXIES: '1' },
)

onBothEngines(
  'how often a key asks',
  (world) => {
    test('is told with each answer, and too often is refused until the minute is over, from however many addresses', async () => {
      const ana = await makeSomebody(world(), 'Ana', ['secretariat'])
      const [one, two] = [await makeApiKey(world(), ana), await makeApiKey(world(), ana)]
      const ask = (key: ApiKey, n: number) => key.ask('/api/v1/record/summary', { headers: { 'x-forwarded-for': `10.1.0.${n}` } })
      const answers = []
      for (let n = 1; n <= 31; n++) answers.push(await ask(one, n))
      expect(answers.map(({ status }) => status)).toEqual([...Array<number>(30).fill(200), 429])
      expect(answers[0]?.headers.get('ratelimit-policy')).toBe('"key";q=30;w=60')
      expect(answers[0]?.headers.get('ratelimit')).toMatch(/^"key";r=29;t=\d+$/)
      const refused = answers.at(-1)
      expect(Number(refused?.headers.get('retry-after'))).toBeGreaterThan(0)
      expect(refused?.headers.get('ratelimit')).toMatch(/^"key";r=0;t=\d+$/)
      expect((await ask(two, 1)).status).toBe(200)
      expect((await world().ask('/api/v1/record/summary')).headers.get('ratelimit')).toBeNull()
    })
  },
  { PUENTE_PROXIES: '1', PUENTE_RATE: '30' },
)
