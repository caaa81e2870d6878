import { expect, test } from 'vitest'
import { addNetwork } from '../src/modules/members/actions/networks.ts'
import { membersTexts } from '../src/modules/members/text/index.ts'
import { makeLink, readLink } from '../src/platform/access/links.ts'
import { operator } from '../src/platform/access/actor.ts'
import { makeApiKey } from './support/api-keys.ts'
import { command } from './support/command.ts'
import { makeMember, makeMemberPerson } from './support/members.ts'
import { browserOf, firstAdministrator, lettersTo, makeSomebody, settings, strong, type Somebody } from './support/persons.ts'
import { onBothEngines, sql, type World } from './support/world.ts'

const emailOf = ({ id }: Somebody) => `${id}@example.org`
const isIn = async (who: Somebody) => (await who.get('/en/account')).status === 200
const entries = (world: World, verb: string) =>
  world.rows(
    sql<{
      chain: string
      payload: unknown
    }>`select e.chain, p.payload::jsonb as payload from app.log_entry e join app.log_payload p on p.entry_id = e.id where e.verb = ${verb} order by e.position`,
  )

onBothEngines(
  'the operator closes an account',
  (world) => {
    test('its person is out at once everywhere, with no way in, their roles end with the deputies in them, and the desk sees who lacks an admin', async () => {
      const desk = await makeSomebody(world(), 'Ana Ejemplo', ['administrator', 'secretariat'])
      const leaving = await makeSomebody(world(), 'Lê Ví Dụ', ['secretariat'])
      const staying = await makeSomebody(world(), '陈示例', [])
      const [one, other] = [await makeMember(world(), 'Example Hospital', { logo: false }), await makeMember(world(), 'Example Institute', { logo: false })]
      const role = await world().rows(sql`insert into members.role (id, space_id, desk_id, organization_id, person_id, role)
        select gen_random_uuid(), people_id, desk_id, id, ${leaving.id}::uuid, 'admin' from members.organization returning id, organization_id`)
      expect(role).toHaveLength(2)
      const admin = await makeMemberPerson(world(), other, 'Second Example', 'admin')
      await world().rows(sql`insert into members.role (id, space_id, desk_id, organization_id, person_id, role, deputy_of, valid_from, valid_to)
        select gen_random_uuid(), r.space_id, r.desk_id, r.organization_id, ${staying.id}::uuid, 'admin', r.id, now(), now() + interval '9 days' from members.role r
        join members.organization o on o.id = r.organization_id where o.key = ${one} and r.person_id = ${leaving.id}::uuid`)
      const token = await world().database.write(operator, (db) => makeLink(world().database, db, 'password', { accountId: leaving.id }))
      const key = await makeApiKey(world(), leaving)
      expect([await isIn(leaving), (await key.ask('/api/v1/key')).status]).toEqual([true, 200])

      const said = await command(world(), 'person close', [` ${emailOf(leaving).toUpperCase()} `], { json: true })
      expect(said.code, said.err.join()).toBe(0)
      expect(JSON.parse(said.out.join(''))).toMatchObject({ sessions: 1, roles: 2, offices: 1 })

      expect([await isIn(leaving), await isIn(staying), await isIn(admin)]).toEqual([false, true, true])
      expect((await key.ask('/api/v1/key')).status).toBe(401)
      expect((await leaving.get(`/en/members/${one}/people`)).status).toBe(303)
      expect(await world().database.read(operator, (db) => readLink(world().database, db, 'password', token))).toBeUndefined()
      const held = await world().rows(sql`select p.name, o.key from members.role r join members.person p on p.id = r.person_id
        join members.organization o on o.id = r.organization_id where r.valid_to is null or r.valid_to > now()`)
      expect(held).toEqual([{ name: 'Second Example', key: other }])
      expect(
        await world().rows(sql`select p.name from members.office o join members.person p on p.id = o.person_id where o.valid_to is null order by o.office`),
      ).toEqual([{ name: 'Ana Ejemplo' }, { name: 'Ana Ejemplo' }])
      expect(await world().rows(sql`select key from members.organization where admin_until <= now()`)).toEqual([{ key: one }])
      expect((await (await desk.get('/en/desk/members')).text()).split(membersTexts.en('desk.orphans-lead'))[1]).toMatch(/^<\/p>.{0,300}Example Hospital/s)
      const [letter] = await lettersTo(world, emailOf(leaving))
      expect(letter?.subject).toBe(membersTexts.en('mail.closed.subject'))

      expect(await entries(world(), 'members.account.closed')).toEqual([
        { chain: `person:${leaving.id}`, payload: { by: 'operator', sessions: 1, roles: 2, offices: 1 } },
      ])
      expect(await entries(world(), 'members.role.ended')).toHaveLength(2)
      expect(await entries(world(), 'members.office.ended')).toMatchObject([{ payload: { person: leaving.id, office: 'secretariat', by: 'operator' } }])
      // A second time there is nobody to close.
      expect(await command(world(), 'person close', [emailOf(leaving)])).toMatchObject({ code: 3, out: [] })
    })

    test('of the only administrator too: another is invited from the command line', async () => {
      const [name, administrator] = [{ en: 'Second', es: 'Segunda', zh: '第二', vi: 'Thứ hai' }, 'only@example.org']
      const link = await addNetwork(world().database, { key: 'second', name, administrator })
      const browser = browserOf(world)
      expect((await browser.post(`/en${link}`, { name: 'Only Example', password: strong })).status).toBe(303)
      expect((await command(world(), 'person close', [administrator])).code).toBe(0)
      expect((await browserOf(world).post('/en/sign-in', { email: administrator, password: strong })).status).toBe(422)
      const invited = await command(world(), 'network invite', ['second', 'next@example.org'])
      expect(invited).toMatchObject({ code: 0, out: [expect.stringContaining('/join/')] })
    })

    test('and opens it again: without password, factors and roles; a link sets the password', async () => {
      const browser = browserOf(world)
      const email = 'back@example.org'
      const link = await addNetwork(world().database, { key: 'third', name: { en: 'T', es: 'T', zh: 'T', vi: 'T' }, administrator: email })
      await browser.post(`/en${link}`, { name: 'Back Example', password: strong })
      expect((await command(world(), 'person reopen', [email])).code).not.toBe(0)
      await command(world(), 'person close', [email])
      expect((await command(world(), 'person reopen', [email])).code).toBe(0)
      const again = browserOf(world)
      expect((await again.post('/en/sign-in', { email, password: strong })).status).toBe(422)
      expect((await browser.get('/en/account')).status).toBe(303)
      await again.post('/en/password', { email })
      await expect.poll(async () => (await lettersTo(world, email)).length).toBeGreaterThan(1)
      const letter = (await lettersTo(world, email)).find(({ text }) => text.includes('/password/'))
      const path = /https?:\/\/[^/\s]+(\/\S+)/.exec(letter?.text ?? '')?.[1] ?? ''
      expect((await again.post(path, { password: 'seven wet stones at noon' })).status).toBe(303)
      expect((await browserOf(world).post('/en/sign-in', { email, password: 'seven wet stones at noon' })).status).toBe(303)
      expect(
        await world().rows(sql`select 1 from members.office o join auth.account a on a.id = o.person_id where a.email = ${email} and o.valid_to is null`),
      ).toEqual([])
    })
  },
  settings,
)

onBothEngines(
  'a failed sign-in',
  (world) => {
    const email = 'ana@secretariat.example.org'
    const lines = () => world().logged.filter(({ msg }) => msg === 'sign-in failed')
    const markOf = async (address: string) => (await command(world(), 'person mark', [address])).out.join('')

    test('leaves a warning with the mark of the account, whether it exists or not, and with nothing else of it', async () => {
      await firstAdministrator(world, { name: 'Ana Ejemplo', email })
      const stranger = browserOf(world)
      for (const address of [email, ` ${email.toUpperCase()}`, 'nobody@example.org'])
        expect((await stranger.post('/en/sign-in', { email: address, password: 'one two three four' })).status).toBe(422)
      expect((await stranger.post('/en/sign-in', { email, password: strong })).status).toBe(303)
      const [ana, nobody] = [await markOf(email), await markOf('NOBODY@example.org')]
      expect(ana).toMatch(/^[0-9a-f]{16}$/)
      expect(nobody).not.toBe(ana)
      const failed = { level: 40, step: 'password', reason: 'wrong', id: expect.any(String) }
      expect(lines()).toMatchObject([
        { ...failed, account: ana },
        { ...failed, account: ana },
        { ...failed, account: nobody },
      ])
      for (const line of lines()) expect(JSON.stringify(line)).not.toMatch(/@|one two|10\.9\./)
      // With the line of the request it shares its id.
      expect(world().logged.filter(({ id, msg }) => msg === 'request' && id === lines()[0]?.['id'])).toHaveLength(1)
    })

    test('too many of them are told apart', async () => {
      const stranger = browserOf(world)
      const answers: number[] = []
      for (let n = 0; n < 8; n++) answers.push((await stranger.post('/en/sign-in', { email, password: 'one two three four' })).status)
      expect(answers.at(-1)).toBe(429)
      expect(lines().at(-1)).toMatchObject({ step: 'password', reason: 'slowed', account: await markOf(email) })
    })

    test('with a wrong code, a passkey that is none, or a wrong proof is told as such', async () => {
      const person = await makeSomebody(world(), 'Example', [])
      const before = lines().length
      await browserOf(world).post('/en/sign-in/passkey', { response: '{"id":"x"}' })
      expect((await person.post('/en/account/proof', { current: 'one two three four' })).status).toBe(422)
      expect(lines().slice(before)).toMatchObject([
        { step: 'passkey', reason: 'wrong' },
        { step: 'proof', reason: 'wrong', account: await markOf(emailOf(person)) },
      ])
      expect(lines().at(-2)).not.toHaveProperty('account')
    })
  },
  settings,
)
