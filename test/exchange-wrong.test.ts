import { beforeAll, expect, test } from 'vitest'
import { platformTexts } from '../src/platform/i18n/index.ts'
import { languages } from '../src/platform/i18n/languages.ts'
import { newId } from '../src/platform/id.ts'
import { begin, cast, inDays, versionOf, whole, type Cast } from './support/listing-scene.ts'
import { settings } from './support/persons.ts'
import { onBothEngines, sql } from './support/world.ts'

/** The fields that the summary above a form complains of. */
const complaints = (page: string) => [...page.matchAll(/<a href="#([^"]+)">/g)].map(([, field = '']) => field).filter((field) => field !== 'content')
const escaped = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')

onBothEngines(
  'a listing with everything wrong',
  (world) => {
    let scene: Cast
    let id = ''
    beforeAll(async () => {
      scene = await cast(world())
      id = await begin(scene.editor, scene.own)
    })
    const rows = () =>
      world().rows(sql`select l.*, (select count(*)::int from app.log_entry where object_id = l.id) as acts from exchange.listing l order by l.id`)

    test('that says neither whether it is an offer nor in which field begins nothing, and keeps what was typed', async () => {
      const before = await rows()
      const typed = { id: newId(), member: scene.own, original: 'vi', title: 'Vắc-xin <b>"mới"</b> & rẻ' }
      const answer = await scene.editor.post('/vi/listings', typed)
      const page = await answer.text()
      expect([answer.status, complaints(page)]).toEqual([422, ['direction', 'pillar']])
      expect(page).toContain(`value="${escaped(typed.title)}"`)
      expect(page).toMatch(/<option value="vi" selected/)
      expect(page).toContain(`value="${typed.id}"`)
      expect(await rows()).toEqual(before)
    })

    test.each(languages)('is told all of that at once, whatever finds it, and loses nothing that was typed, in %s', async (language) => {
      const before = await rows()
      const long = `${'Ñandú 疫苗 vắc-xin <script>alert(1)</script>\n'.repeat(500)}end`
      const typed = {
        ...whole(),
        direction: '',
        pillar: 'gardening',
        title_es: ' ',
        body_es: long,
        title_en: 'Right-to-left \u202e override',
        countries_wanted: 'Cuba, Atlantis',
        authorizations: 'CU',
        amount: 'many',
        unit: 'doses',
        forms: 'gift',
        stage: 'trl-10',
        concepts: 'no-such-concept',
        audience: 'network',
        hidden_from: `${scene.other}, Nobody & Sons`,
        valid_until: inDays(-1),
        timing: 'x'.repeat(501),
        version: await versionOf(world(), id),
      }
      const answer = await scene.editor.post(`/${language}/listings/${id}/edit`, typed)
      const page = await answer.text()
      expect(answer.status).toBe(422)
      expect(complaints(page).sort()).toEqual(
        'direction pillar title_es body_es title_en countries_wanted amount forms.0 stage concepts hidden_from valid_until timing'.split(' ').sort(),
      )
      const say = platformTexts[language]
      expect(page).toContain(say('issue.unknown_country', { value: 'Atlantis' }))
      expect(page).toContain(say('issue.unknown_reference', { value: 'no-such-concept' }))
      expect(page).toContain(escaped(say('issue.unknown_reference', { value: 'Nobody & Sons' })))
      for (const kept of [long, typed.title_en, typed.countries_wanted, typed.hidden_from, typed.valid_until, typed.timing, typed.amount])
        expect([kept.slice(0, 40), page.includes(escaped(kept))]).toEqual([kept.slice(0, 40), true])
      // What was confirmed stays to be taken back.
      expect(page).toMatch(/value="no-such-concept" checked/)
      expect(page).not.toContain('<script>alert')
      expect(await rows()).toEqual(before)
    })

    test('that wants and excludes the same country is told of that beside the rest', async () => {
      const typed = { ...whole(), countries_wanted: 'Cuba, 中国', countries_excluded: 'Trung Quốc', amount: '', valid_until: inDays(500) }
      const answer = await scene.editor.post(`/en/listings/${id}/edit`, { ...typed, version: await versionOf(world(), id) })
      const page = await answer.text()
      expect([answer.status, complaints(page).sort()]).toEqual([422, ['amount', 'countries_excluded', 'valid_until']])
      for (const kept of ['Cuba, 中国', 'Trung Quốc']) expect(page).toContain(`value="${kept}"`)
    })

    test('of a megabyte is refused before it is read, and says how much may be sent', async () => {
      const before = await rows()
      const answer = await scene.editor.post(`/es/listings/${id}/edit`, { ...whole(), version: '1', body_es: 'x'.repeat(1_000_000) })
      expect([answer.status, (await answer.text()).includes(platformTexts.es('refusal.body_too_large', { limit: 262_144 }).slice(0, 20))]).toEqual([413, true])
      const json = {
        method: 'PATCH',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ version: 1, body: { es: 'x'.repeat(1_000_000) } }),
      }
      expect((await world().ask(`/api/v1/listings/${id}`, json)).status).toBe(413)
      expect(await rows()).toEqual(before)
    })

    test('is not sent while it is empty: all that it lacks is told, and it stays a draft', async () => {
      const empty = await begin(scene.admin, scene.own, { title: 'Nada' })
      const answer = await scene.admin.post(`/en/listings/${empty}/sending`, { version: '1' })
      const page = await answer.text()
      expect([answer.status, complaints(page).filter((field) => field !== 'interest')]).toEqual([422, ['body_es', 'forms', 'concepts', 'valid_until']])
      expect(await world().rows(sql`select state from exchange.listing where id = ${empty}`)).toEqual([{ state: 'draft' }])
    })
  },
  settings,
)
