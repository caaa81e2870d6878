import { strToU8, unzipSync, zipSync } from 'fflate'
import { expect, test } from 'vitest'
import { xlsxFile } from '../src/platform/download/xlsx.ts'
import { platformTexts } from '../src/platform/i18n/index.ts'
import { languages, type Language } from '../src/platform/i18n/languages.ts'
import { newId } from '../src/platform/id.ts'
import { readTable } from '../src/platform/workbook/read-table.ts'
import { columnName } from '../src/platform/workbook/sheet-xml.ts'
import { begin, body, cast, inDays, save, type Cast } from './support/listing-scene.ts'
import { settings, type Somebody } from './support/persons.ts'
import { onBothEngines, sql, type World } from './support/world.ts'

type Row = Record<string, string>
const limits = { maxRows: 600, maxColumns: 60 }

/** A workbook with these columns, in the order of the first row. */
const made = async (rows: readonly Row[]): Promise<Uint8Array<ArrayBuffer>> => {
  const keys = [...new Set(rows.flatMap((row) => Object.keys(row)))]
  return xlsxFile(
    'x',
    keys.map((key) => ({ key, label: key, value: (row: Row) => row[key] })),
    rows,
    { maxRows: 20_000 },
  )
}
const sound = (over: Row = {}): Row => ({
  direction: 'offer',
  pillar: 'Producción',
  Language: 'Español',
  可见范围: 'x',
  title_es: 'Llenado de viales',
  body_es: body,
  ...over,
})

const send = (world: World, by: Somebody, member: string, bytes: Uint8Array<ArrayBuffer>, id = newId(), name = 'anuncios.xlsx', language: Language = 'en') => {
  const form = new FormData()
  form.set('id', id)
  form.set('member', member)
  form.set('file', new File([bytes], name))
  return world.ask(`/${language}/listings/sheets`, {
    method: 'POST',
    body: form,
    headers: { cookie: `puente=${by.token}`, 'x-forwarded-for': by.id, 'sec-fetch-site': 'same-origin' },
  })
}
const bytesOf = async (answer: Response) => new Uint8Array(await answer.arrayBuffer())
const count = async (world: World) => (await world.rows(sql<{ n: number }>`select count(*)::int as n from exchange.listing where origin = 'member'`))[0]?.n
const told = (page: string) => [...page.matchAll(/<b class="nowrap">(\w+)<\/b> ([^<]*)/g)].map(([, cell, said]) => `${cell} ${said}`)

onBothEngines(
  'listings from a workbook',
  (world) => {
    let scene: Cast
    const row = (over: Row = {}): Row => {
      const { Language, 可见范围: _, ...rest } = sound(over)
      return { original: Language ?? '', audience: 'Everybody', ...rest }
    }

    test('the template is in the language of its reader, offers words to choose from, and its example is read as none', async () => {
      scene = await cast(world())
      for (const [language, direction, offer] of [
        ['en', 'Offer or need', 'Offer'],
        ['es', 'Oferta o necesidad', 'Oferta'],
        ['zh', undefined, undefined],
        ['vi', undefined, undefined],
      ] as const) {
        const file = await bytesOf(await world().ask(`/${language}/listings/template.xlsx`))
        const [head, example, ...rest] = readTable(file, limits)
        expect(rest).toEqual([])
        if (direction !== undefined) expect([head?.cells.get(1)?.text, example?.cells.get(1)?.text]).toEqual([direction, offer])
        const parts = unzipSync(file)
        expect(Object.keys(parts).filter((name) => name.startsWith('xl/worksheets/sheet'))).toHaveLength(3)
        expect(
          Buffer.from(parts['xl/worksheets/sheet1.xml'] ?? [])
            .toString()
            .match(/<dataValidation /g),
        ).toHaveLength(6)
        const refused = await send(world(), scene.editor, scene.own, file)
        expect([refused.status, (await refused.text()).includes('there are no rows below the first line')]).toEqual([422, true])
        // Without its mark, the example is a listing with nothing wrong.
        const unmarked = await made([
          Object.fromEntries([...(head?.cells ?? [])].flatMap(([place, { text }]) => (place === 0 ? [] : [[text, example?.cells.get(place)?.text ?? '']]))),
        ])
        const id = newId()
        expect((await send(world(), scene.editor, scene.own, unmarked, id)).status).toBe(303)
        expect(told(await (await scene.editor.get(`/en/listings/sheets/${id}`)).text())).toEqual([])
      }
    })

    test('what was read is looked at first; confirmed twice, each row is one draft with its entry in the log', async () => {
      const { editor, admin, rival, desk, own, other } = scene
      const before = await count(world())
      const rows = [
        row({ concepts: 'Vaccine; dengue', forms: 'Licence; 供货', valid_until: inDays(40), amount: '12.5', unit: 'viales' }),
        row({ direction: 'Cầu', title_es: '=HYPERLINK("http://x.example.org")', audience: 'network', hidden_from: other }),
        row({ title_es: '@SUM(1)', title_en: '+1', countries_wanted: 'Cuba; 越南', stage: 'TRL 7' }),
      ]
      const id = newId()
      const file = await made(rows)
      expect((await send(world(), editor, own, file, id)).status).toBe(303)
      expect((await send(world(), editor, own, file, id)).status).toBe(303)
      const page = `/en/listings/sheets/${id}`
      const shown = await (await editor.get(page)).text()
      expect([told(shown), shown.includes('3 rows, nothing wrong with any')]).toEqual([[], true])
      expect(await count(world())).toBe(before)
      expect([(await rival.get(page)).status, (await desk.get(page)).status, (await admin.get(page)).status]).toEqual([404, 404, 200])
      expect((await rival.post(`${page}/confirmation`, {})).status).toBe(404)
      const both = await Promise.all([editor.post(`${page}/confirmation`, {}), admin.post(`${page}/confirmation`, {})])
      expect(both.map(({ status }) => status)).toEqual([303, 303])
      expect(await count(world())).toBe((before ?? 0) + 3)
      const drafts = await world().rows(
        sql<
          Record<string, unknown>
        >`select l.state, l.direction, l.title ->> 'es' as title, l.forms, l.amount::text, l.countries_wanted, l.stage, cardinality(l.hidden_from) as hidden,
            array(select c.concept_key from exchange.listing_concept c where c.listing_id = l.id and c.reach = 'own' order by 1) as concepts, e.verb, p.payload::jsonb ->> 'sheet' as sheet
          from exchange.listing l join app.log_entry e on e.object_id = l.id join app.log_payload p on p.entry_id = e.id where p.payload::jsonb ->> 'sheet' = ${id} order by l.id`,
      )
      const common = {
        state: 'draft',
        verb: 'exchange.listing.begun',
        sheet: id,
        stage: null,
        hidden: 0,
        forms: [],
        amount: null,
        countries_wanted: [],
        concepts: [],
      }
      expect(drafts).toEqual([
        { ...common, direction: 'offer', title: 'Llenado de viales', forms: ['licence', 'supply'], amount: '12.5', concepts: ['dengue', 'vaccine'] },
        { ...common, direction: 'need', title: '=HYPERLINK("http://x.example.org")', hidden: 2 },
        { ...common, direction: 'offer', title: '@SUM(1)', countries_wanted: ['CU', 'VN'], stage: 'trl-7' },
      ])
      expect(await world().rows(sql`select content, confirmed_at is not null as confirmed from exchange.sheet where id = ${id}`)).toEqual([
        { content: { columns: {}, rows: [] }, confirmed: true },
      ])
    })

    test('what a member has, as a workbook, is the same when it is read again; no cell of it is a formula', async () => {
      const { admin, rival, own } = scene
      const whole = await begin(admin, own)
      const more = {
        title_zh: '重组疫苗技术',
        body_vi: 'Quy trình; hoàn chỉnh, gồm cả đào tạo.\nDòng hai.',
        sought_es: 'Un socio',
        authorizations: 'Cuba, Taiwan',
        partner_kinds: 'enterprise',
        ip: 'granted',
        timing: 'Desde enero',
        concepts: 'dengue',
      }
      expect((await save(world(), admin, whole, more)).status).toBe(303)
      expect((await rival.get(`/en/members/${own}/listings.xlsx`)).status).toBe(403)
      for (const language of ['en', 'vi']) {
        const file = await bytesOf(await admin.get(`/${language}/members/${own}/listings.xlsx`))
        expect(Buffer.concat(Object.values(unzipSync(file))).includes('<f>')).toBe(false)
        const id = newId()
        expect((await send(world(), admin, own, file, id)).status).toBe(303)
        expect(told(await (await admin.get(`/en/listings/sheets/${id}`)).text())).toEqual([])
        expect((await admin.post(`/en/listings/sheets/${id}/confirmation`, {})).status).toBe(303)
        const says =
          sql.raw(`direction, pillar, original, title::text, body::text, sought::text, stage, ip, forms, partner_kinds, authorizations, countries_wanted, countries_excluded, amount, unit, timing, valid_until, space_id, hidden_from,
          (select string_agg(c.concept_key || c.reach, ' ' order by c.concept_key) from exchange.listing_concept c where c.listing_id = l.id and c.ended_at is null)`)
        const [same] = await world().rows(
          sql<{
            n: number
            wanted: number
          }>`with made as (select e.object_id as id from app.log_entry e join app.log_payload p on p.entry_id = e.id where p.payload::jsonb ->> 'sheet' = ${id})
            select count(*)::int as n, (select count(*)::int from made) as wanted from (select ${says} from exchange.listing l where id in (select id from made)
              intersect all select ${says} from exchange.listing l where id not in (select id from made) and organization_id = (select id from members.organization where key = ${own})) same`,
        )
        expect(same?.wanted).toBeGreaterThan(3)
        expect(same?.n).toBe(same?.wanted)
      }
    })

    test('everything that is wrong with every row is told at once, by its cell, and can be mended in the report', async () => {
      const { editor, own } = scene
      const before = await count(world())
      const rows = [
        row(),
        row({
          direction: 'sale',
          pillar: '',
          title_es: '',
          forms: 'gift; licence',
          amount: 'much',
          valid_until: '2020-01-01',
          hidden_from: 'nobody-here',
          concepts: 'no-such; vaccine',
        }),
        row({
          body_es: 'x'.repeat(5001),
          countries_wanted: 'Cuba, Atlantis',
          countries_excluded: '古巴',
          title_en: 'a\u202eb',
          unit: 'boxes',
          original: 'Klingon',
        }),
        row({ audience: 'everybody', hidden_from: own, title_es: '' }),
      ]
      const id = newId()
      expect((await send(world(), editor, own, await made(rows), id)).status).toBe(303)
      const page = await (await editor.get(`/en/listings/sheets/${id}`)).text()
      const keys = [...new Set(rows.flatMap((each) => Object.keys(each)))]
      const at = (key: string, line: number) => `${columnName(keys.indexOf(key))}${line}`
      const cells = new Set(told(page).map((line) => line.split(' ')[0]))
      for (const [line, wrong] of [
        [3, ['direction', 'pillar', 'forms', 'amount', 'concepts', 'valid_until', 'hidden_from', 'title_es']],
        [4, ['original', 'body_es', 'countries_wanted', 'countries_excluded', 'title_en', 'amount']],
        [5, ['hidden_from', 'audience', 'title_es']],
      ] as const)
        for (const key of wrong) expect([key, cells.has(at(key, line))]).toEqual([key, true])
      expect(page).toContain('3 of 4 rows have something wrong')
      expect(page).not.toContain('Write the drafts')
      expect((await editor.post(`/en/listings/sheets/${id}/confirmation`, {})).status).toBe(422)
      expect(await count(world())).toBe(before)

      const report = readTable(await bytesOf(await editor.get(`/zh/listings/sheets/${id}/report.xlsx`)), limits)
      expect(report.map(({ cells: each }) => (each.get(1)?.text ?? '').split('\n').length)).toEqual([1, 1, 9, 6, 3])
      expect(report[2]?.cells.get(1)?.text).toContain(`${at('direction', 3)}: 不在以下选项之内：供应, 需求`)
      // Mended there, it is sent as it is.
      const head = report[0]
      const columns = [...(head?.cells ?? [])].map(([place, { text }]) => ({
        key: String(place),
        label: text,
        value: (each: (typeof report)[number]) => each.cells.get(place)?.text,
      }))
      const again = newId()
      expect((await send(world(), editor, own, await xlsxFile('x', columns, report.slice(1, 2), { maxRows: 9 }), again)).status).toBe(303)
      expect(told(await (await editor.get(`/en/listings/sheets/${again}`)).text())).toEqual([])
      // The one before it waits no more.
      expect(await (await editor.get(`/en/listings/sheets/${id}`)).text()).toContain('another one took its place')
      expect((await editor.post(`/en/listings/sheets/${id}/confirmation`, {})).status).toBe(409)
    })

    test.each(languages)('what is called a workbook and is none is told as such, in %s', async (language) => {
      const { editor, own } = scene
      const say = platformTexts[language]
      const files = [
        { what: 'a renamed PDF', bytes: Buffer.from('%PDF-1.7\n1 0 obj<<>>endobj\n'), said: 'issue.workbook_unreadable' },
        { what: 'another archive', bytes: zipSync({ 'notes.txt': strToU8('direction') }), said: 'issue.workbook_unreadable' },
        { what: 'a renamed CSV file', bytes: Buffer.from('direction,pillar\noffer,research\n'), said: 'issue.workbook_unreadable' },
        {
          what: 'one with a password',
          bytes: Buffer.concat([Buffer.from('d0cf11e0a1b11ae1', 'hex'), Buffer.from('EncryptedPackage', 'utf16le')]),
          said: 'issue.workbook_encrypted',
        },
      ] as const
      for (const { what, bytes, said } of files) {
        const answer = await send(world(), editor, own, new Uint8Array(bytes), newId(), 'anuncios.xlsx', language)
        const page = await answer.text()
        expect([what, answer.status, page.includes(say(said)), page.includes(say('issue.missing_columns', { value: '' }).slice(0, 10))]).toEqual([
          what,
          422,
          true,
          false,
        ])
      }
    })

    test('files that are none, lie, or are too much are refused with all that is wrong with them', async () => {
      const { editor, rival, own } = scene
      const before = await world().rows(sql`select id from exchange.sheet`)
      const refusal = async (bytes: Uint8Array<ArrayBuffer>, by = editor) => {
        const answer = await send(world(), by, own, bytes)
        return [answer.status, await answer.text()] as const
      }
      const columns = await refusal(await made([{ direction: 'offer', Colour: 'red', 'Offer or need': 'x', title_en: 'y' }]))
      for (const said of ['no column is called Colour', 'the column Offer or need is there twice', 'these columns are missing: Field, Language, Who sees it'])
        expect([said, columns[1].includes(said)]).toEqual([said, true])
      const many = await refusal(await made(Array.from({ length: 10_000 }, () => row({ body_es: '' }))))
      expect([many[0], many[1].includes('there are 10,000 rows; at most 500 are read at once')]).toEqual([422, true])
      const bomb = zipSync({ 'xl/workbook.xml': strToU8('<workbook/>'), 'xl/worksheets/sheet1.xml': new Uint8Array(200_000_000) })
      const unfolds = await refusal(new Uint8Array(bomb))
      expect([unfolds[0], unfolds[1].includes('unfolds to more than 24 MB')]).toEqual([422, true])
      expect((await refusal(new Uint8Array(0)))[0]).toBe(422)
      expect((await refusal(new Uint8Array(2_500_000)))[1]).toContain('the file is larger than 2 MB')
      expect((await refusal(new Uint8Array(5_000_000)))[0]).toBe(413)
      expect((await refusal(await made([row()]), rival))[0]).toBe(403)
      const formula = await made([row({ title_es: 'marker' })])
      const parts = unzipSync(formula)
      const sheet = Buffer.from(parts['xl/worksheets/sheet1.xml'] ?? [])
        .toString()
        .replace(/<c r="E2"[^>]*>.*?<\/c>/, '<c r="E2" t="str"><f>WEBSERVICE("x")</f><v>y</v></c>')
      const id = newId()
      expect((await send(world(), editor, own, new Uint8Array(zipSync({ ...parts, 'xl/worksheets/sheet1.xml': strToU8(sheet) })), id)).status).toBe(303)
      expect(told(await (await editor.get(`/en/listings/sheets/${id}`)).text())).toEqual(['E2 Title (Español): a formula stands here; paste its value instead'])
      expect((await world().rows(sql`select id from exchange.sheet`)).length).toBe(before.length + 1)
      // CSV as spreadsheet programs of many countries write it.
      const csv = new TextEncoder().encode(`\ufeffdirection;pillar;original;audience;title_es\r\noffer;research;es;everybody;"Cepas; líneas"\r\n`)
      const other = newId()
      expect((await send(world(), editor, own, csv, other, 'a.csv')).status).toBe(303)
      expect(await (await editor.get(`/en/listings/sheets/${other}`)).text()).toContain('Cepas; líneas')
    })
  },
  settings,
)
