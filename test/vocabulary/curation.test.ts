import { beforeAll, expect, test } from 'vitest'
import { tellDeskJob } from '../../src/modules/members/index.ts'
import { loadBuiltIn } from '../../src/modules/vocabulary/index.ts'
import { importer, type Actor } from '../../src/platform/access/actor.ts'
import type { WriteScope } from '../../src/platform/db/database.ts'
import { newId } from '../../src/platform/id.ts'
import { vocabularySample } from '../support/vocabulary-sample.ts'
import { makeMember, makeMemberPerson } from '../support/members.ts'
import { lettersTo, makeSomebody, settings, type Somebody } from '../support/persons.ts'
import { command } from '../support/command.ts'
import { doJobs, until } from '../support/jobs.ts'
import { onBothEngines, sql } from '../support/world.ts'

onBothEngines(
  'the vocabulary is curated',
  (world) => {
    let lan: Somebody
    let bao: Somebody
    let viewer: Somebody
    let member = ''
    const labelsOf = async (key: string) =>
      (
        await world().rows(sql<{
          label: string
        }>`select l.language || ' ' || l.kind || ' ' || l.text as label from vocabulary.label l join vocabulary.concept c on c.id = l.concept_id
          where c.key = ${key} and l.ended_at is null order by 1`)
      ).map(({ label }) => label)
    const page = async (path: string) => (await world().ask(path)).text()
    const versionOf = async (key: string) =>
      String((await world().rows(sql<{ version: number }>`select version from vocabulary.concept where key = ${key}`))[0]?.version)
    const conceptOf = async (key: string) =>
      (
        await world().rows(
          sql<{
            state: string
            by: string | null
          }>`select c.state, (select k.key from vocabulary.concept k where k.id = c.replaced_by_id) as by from vocabulary.concept c where c.key = ${key}`,
        )
      )[0]
    const asPerson = <T>({ id }: Somebody, run: (db: WriteScope) => Promise<T>): Promise<T> => {
      const actor: Actor = { kind: 'person', id, name: '', language: 'en', session: '' }
      return world().database.write(actor, run)
    }
    const acts = (verb: string) => world().rows(sql<{ actor: string }>`select actor from app.log_entry where verb = ${verb} order by position`)

    beforeAll(async () => {
      lan = await makeSomebody(world(), 'Lan Ví dụ', ['curator'])
      member = await makeMember(world(), 'Example Hospital')
      bao = await makeMemberPerson(world(), member, 'Bảo Ví dụ', 'editor')
      viewer = await makeMemberPerson(world(), member, 'Viewer Example', 'viewer')
    })

    test('an editor proposes a concept: all that is wrong is said, and pressed twice it is one', async () => {
      const id = newId()
      const empty = await bao.post('/vi/concepts/proposals', { id, member, why: '', broader: 'no-such' })
      expect([empty.status, (await empty.text()).includes('href="#why"')]).toEqual([422, true])
      const unnamed = await (await bao.post('/vi/concepts/proposals', { id, member, why: 'x', broader: 'no-such' })).text()
      for (const field of ['en', 'broader']) expect(unnamed).toContain(`href="#${field}"`)
      const fields = { id, member, broader: 'monoclonal-antibody', en: 'racotumomab', vi: 'racotumomab\n1E10', why: 'A vaccine of the centre.' }
      const sent = await Promise.all([1, 2].map(() => bao.post('/vi/concepts/proposals', fields)))
      expect(sent.map(({ status, headers }) => [status, headers.get('location')])).toEqual([1, 2].map(() => [303, '/vi/concepts/proposals/sent']))
      expect(await world().rows(sql`select state, labels from vocabulary.proposal`)).toEqual([
        { state: 'sent', labels: { en: 'racotumomab', vi: 'racotumomab\n1E10' } },
      ])
      expect(await acts('vocabulary.proposal.sent')).toEqual([{ actor: `person:${bao.id}` }])
    })

    test('who may not propose is told so, and who is not signed in is asked to', async () => {
      expect((await viewer.post('/en/concepts/proposals', { id: newId(), member, en: 'x', why: 'x' })).status).toBe(403)
      expect(await (await viewer.get('/en/concepts/proposals/new')).text()).toContain('admins and editors')
      expect(await page('/en/concepts/proposals/new')).toContain('href="/en/sign-in?next=%2Fconcepts%2Fproposals%2Fnew"')
      expect((await world().post('/en/concepts/proposals', { id: newId(), member, en: 'x', why: 'x' })).headers.get('location')).toContain('/sign-in')
      expect((await bao.get('/en/desk/proposals')).status).toBe(404)
    })

    test('a curator accepts it, completed; the proposer is told, and it is found in four languages', async () => {
      expect(await (await lan.get('/en/desk')).text()).toContain('Proposals for the vocabulary')
      const [{ id } = { id: '' }] = await world().rows(sql<{ id: string }>`select id from vocabulary.proposal`)
      const desk = await (await lan.get(`/en/desk/proposals/${id}`)).text()
      expect(desk).toContain('1E10')
      const whole = {
        key: '',
        en: 'racotumomab',
        es: 'racotumomab',
        zh: '',
        vi: 'racotumomab\n1E10',
        broader: 'monoclonal-antibody',
        related: '',
        codes: '',
        note: '',
        version: '0',
        proposal: '1',
      }
      const lacking = await lan.post(`/en/desk/proposals/${id}/acceptance`, whole)
      expect([lacking.status, (await lacking.text()).includes('href="#zh"')]).toEqual([422, true])
      const taken = await lan.post(`/en/desk/proposals/${id}/acceptance`, { ...whole, zh: '尼妥珠单抗', codes: 'mesh:1' })
      expect([taken.status, (await taken.text()).match(/href="#(zh|codes)"/g)]).toEqual([422, ['href="#zh"', 'href="#codes"']])
      const done = await lan.post(`/en/desk/proposals/${id}/acceptance`, { ...whole, zh: '雷妥莫单抗' })
      expect([done.status, done.headers.get('location')]).toEqual([303, `/en/desk/proposals/${id}?done`])
      expect(await labelsOf('racotumomab')).toEqual([
        'en preferred racotumomab',
        'es preferred racotumomab',
        'vi alternative 1E10',
        'vi preferred racotumomab',
        'zh preferred 雷妥莫单抗',
      ])
      expect(await page('/zh/concepts?q=1E10')).toContain('>雷妥莫单抗</a>')
      expect(await page('/es/concepts/racotumomab')).toContain('A vaccine of the centre.')
      const [letter] = await lettersTo(world, `${bao.id}@example.org`)
      expect(letter?.text).toContain('/concepts/racotumomab')
      expect((await lan.post(`/en/desk/proposals/${id}/acceptance`, { ...whole, zh: '雷妥莫单抗' })).status).toBe(409)
    })

    test('a correction is declined with a reason', async () => {
      const id = newId()
      await bao.post('/en/concepts/proposals', { id, member, concept: 'dengue', why: 'It is a fever.' })
      expect((await lan.post(`/en/desk/proposals/${id}/refusal`, { reason: '', version: '1' })).status).toBe(422)
      expect((await lan.post(`/en/desk/proposals/${id}/refusal`, { reason: 'It says so.', version: '1' })).status).toBe(303)
      expect(await world().rows(sql`select state, reason from vocabulary.proposal where id = ${id}`)).toEqual([{ state: 'declined', reason: 'It says so.' }])
    })

    test('whoever proposed it withdraws it, and nobody else', async () => {
      const id = newId()
      await bao.post('/en/concepts/proposals', { id, member, concept: 'dengue', en: 'breakbone fever', why: 'It is said.' })
      const list = `/en/concepts/proposals?state=open`
      expect(await (await bao.get(list)).text()).toContain(`action="/en/concepts/proposals/${id}/withdrawal"`)
      expect(await (await lan.get(list)).text()).not.toContain('breakbone fever')
      const withdraw = (who: Somebody, version = '1') => who.post(`/en/concepts/proposals/${id}/withdrawal`, { version })
      const colleague = await makeMemberPerson(world(), member, 'Colleague Example', 'editor')
      expect([(await withdraw(lan)).status, (await withdraw(colleague)).status, (await withdraw(viewer)).status]).toEqual([404, 404, 404])
      expect((await withdraw(bao, '7')).status).toBe(409)
      const [done, again] = [await withdraw(bao), await withdraw(bao)]
      expect([done.status, done.headers.get('location'), again.status]).toEqual([303, '/en/concepts/proposals?done', 409])
      expect(await world().rows(sql`select state, reason, result_id from vocabulary.proposal where id = ${id}`)).toEqual([
        { state: 'withdrawn', reason: null, result_id: null },
      ])
      expect(await acts('vocabulary.proposal.withdrawn')).toEqual([{ actor: `person:${bao.id}` }])
      expect((await lan.post(`/en/desk/proposals/${id}/refusal`, { reason: 'x', version: '2' })).status).toBe(409)
    })

    test('what somebody proposed is listed for them, in pages and by state', async () => {
      expect(await (await viewer.get('/es/concepts/proposals')).text()).toContain('Todavía no ha propuesto nada.')
      expect((await world().ask('/en/concepts/proposals')).headers.get('location')).toContain('/sign-in')
      const all = await (await bao.get('/vi/concepts/proposals')).text()
      for (const words of ['racotumomab', 'đã chấp nhận', 'không chấp nhận', 'It says so.', 'đã rút']) expect(all).toContain(words)
      expect(all).not.toContain('/withdrawal"')
      expect(await (await bao.get('/en/concepts/proposals?state=open')).text()).not.toContain('racotumomab')
      for (const path of ['/en/concepts', '/en/concepts/proposals/sent']) expect(await (await bao.get(path)).text()).toContain('href="/en/concepts/proposals"')
      expect(await page('/en/concepts')).not.toContain('href="/en/concepts/proposals"')
      await world().rows(sql`insert into vocabulary.proposal (id, space_id, desk_id, organization_id, person_id, labels, why, language)
        select gen_random_uuid(), p.space_id, p.desk_id, p.organization_id, p.person_id, jsonb_build_object('en', 'term ' || n), 'x', 'en'
        from (select * from vocabulary.proposal limit 1) p cross join generate_series(1, 60) n`)
      const rowsOf = (html: string) => html.split('/withdrawal"').length - 1
      const first = await (await bao.get('/en/concepts/proposals')).text()
      const next = /href="([^"]*cursor=[^"]+)"/.exec(first)?.[1]?.replaceAll('&amp;', '&') ?? ''
      const second = await (await bao.get(next)).text()
      expect([rowsOf(first), rowsOf(second)]).toEqual([50, 10])
      expect(second).toContain('racotumomab')
    })

    test('the database lets nobody but the curators do more than withdraw, and nothing of others', async () => {
      const [{ id } = { id: '' }] = await world().rows(sql<{ id: string }>`select id from vocabulary.proposal where state = 'sent' limit 1`)
      const declined = asPerson(bao, async (db) => {
        await sql`update vocabulary.proposal set state = 'declined', reason = 'x', decided_at = now() where id = ${id}`.execute(db)
      })
      await expect(declined).rejects.toThrow(/row-level security/)
      const touched = await asPerson(
        viewer,
        async (db) => (await sql`update vocabulary.proposal set state = 'withdrawn', decided_at = now() where id = ${id} returning id`.execute(db)).rows,
      )
      expect(touched).toEqual([])
    })

    test('secretariat and curators are told of a proposal, each in their language', async () => {
      const jobs = await doJobs(world(), [tellDeskJob])
      const told = () => lettersTo(world, `${lan.id}@example.org`)
      await until('the curator is told of each', async () => (await told()).length === 3)
      await jobs.stop()
      const letters = (await told()).map(({ subject, text }) => [subject, /\/en\/desk\/proposals\/[0-9a-f-]{36}/.test(text)])
      expect(letters).toContainEqual(['A proposal for the vocabulary: racotumomab', true])
      expect(letters).toContainEqual(['A proposal for the vocabulary: dengue', true])
      expect((await lettersTo(world, `${bao.id}@example.org`)).filter(({ subject }) => subject.startsWith('A proposal'))).toEqual([])
    })

    test('a curator edits a concept; who comes second is told, and nothing typed is lost', async () => {
      const version = await versionOf('dengue')
      const typed = {
        en: 'dengue fever\ndengue',
        es: 'dengue',
        zh: '登革热',
        vi: 'sốt xuất huyết dengue',
        broader: 'viral-infection',
        related: '',
        codes: 'icd10:A97',
        note: 'Mosquitoes carry it.',
        version,
      }
      expect((await lan.post('/en/concepts/dengue/edit', typed)).status).toBe(303)
      const stale = await lan.post('/en/concepts/dengue/edit', { ...typed, note: 'Something else' })
      expect([stale.status, (await stale.text()).includes('Something else')]).toEqual([409, true])
      expect(await labelsOf('dengue')).toEqual([
        'en alternative dengue',
        'en preferred dengue fever',
        'es preferred dengue',
        'vi preferred sốt xuất huyết dengue',
        'zh preferred 登革热',
      ])
      const circular = await lan.post('/en/concepts/viral-infection/edit', {
        ...typed,
        en: 'viral infection',
        es: 'infección viral',
        zh: '病毒感染',
        vi: 'nhiễm vi rút',
        broader: 'dengue',
        codes: '',
        version: await versionOf('viral-infection'),
      })
      expect([circular.status, (await circular.text()).includes('href="#broader"')]).toEqual([422, true])
    })

    test('what was done is in a feed, in the language of its address', async () => {
      const feed = await page('/es/concepts.atom')
      expect(feed).toContain('<title>dengue: Modificado</title>')
      expect(feed).toContain('/es/concepts/dengue')
    })

    test('what was changed by hand stands when the built-in files are loaded anew', async () => {
      await world().rows(sql`update vocabulary.loaded set digest = sha256('older') where name = 'infections.csv'`)
      await loadBuiltIn(world().database, importer, vocabularySample)
      expect(await labelsOf('dengue')).toEqual([
        'en alternative dengue',
        'en preferred dengue fever',
        'es preferred dengue',
        'vi preferred sốt xuất huyết dengue',
        'zh preferred 登革热',
      ])
      expect(await page('/en/concepts/dengue')).toContain('Mosquitoes carry it.')
    })

    test('a concept is merged into another one and brought back', async () => {
      const before = await labelsOf('monoclonal-antibody')
      const itself = await lan.post('/en/concepts/antibody/merger', { kept: 'antibody', reason: 'x', version: await versionOf('antibody') })
      expect(itself.status).toBe(422)
      const merged = await lan.post('/en/concepts/polyclonal-antibody/merger', {
        kept: 'monoclonal-antibody',
        reason: 'The same.',
        version: await versionOf('polyclonal-antibody'),
      })
      expect(merged.status).toBe(303)
      expect(await conceptOf('polyclonal-antibody')).toEqual({ state: 'retired', by: 'monoclonal-antibody' })
      expect(await labelsOf('monoclonal-antibody')).toContain('zh alternative 多克隆抗体')
      expect(await page('/en/concepts/polyclonal-antibody')).toContain('href="/en/concepts/monoclonal-antibody">monoclonal antibody</a>')
      expect(await page('/en/concepts?q=polyclonal')).toContain('>monoclonal antibody</a>')
      expect(
        (await lan.post('/en/concepts/polyclonal-antibody/restoration', { reason: 'It is not.', version: await versionOf('polyclonal-antibody') })).status,
      ).toBe(303)
      expect(await labelsOf('monoclonal-antibody')).toEqual(before)
      expect(await page('/en/concepts?q=polyclonal')).toContain('>polyclonal antibody</a>')
      expect(await acts('vocabulary.concept.merged')).toEqual([{ actor: `person:${lan.id}` }])
    })

    test('what stood below a merged concept stands below the one that is kept', async () => {
      expect((await command(world(), 'vocabulary merge', ['antibody', 'monoclonal-antibody'], { reason: 'x' })).code).toBe(0)
      expect(await page('/en/concepts/antibody')).toContain('href="/en/concepts/nimotuzumab"')
      expect(await page('/en/concepts/nimotuzumab')).toContain('href="/en/concepts/antibody"')
      expect((await command(world(), 'vocabulary restore', ['monoclonal-antibody'], { reason: 'x' })).code).toBe(0)
      expect(await page('/en/concepts/nimotuzumab')).toContain('href="/en/concepts/monoclonal-antibody"')
    })

    test('a concept is retired and found no more', async () => {
      expect((await lan.post('/en/concepts/conjugate-vaccine/retirement', { reason: 'Not used.', version: await versionOf('conjugate-vaccine') })).status).toBe(
        303,
      )
      expect(await page('/en/concepts?q=conjugate')).not.toContain('conjugate-vaccine')
      expect(await page('/en/concepts?state=retired')).toContain('conjugate-vaccine')
      expect(await page('/en/concepts/conjugate-vaccine')).toContain('Not used.')
      expect((await bao.post('/en/concepts/vaccine/retirement', { reason: 'x', version: '1' })).status).toBe(404)
    })
  },
  settings,
)
