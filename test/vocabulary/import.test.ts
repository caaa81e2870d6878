import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { command } from '../support/command.ts'
import { root } from '../../src/platform/root.ts'
import { onBothEngines, sql } from '../support/world.ts'

const folder = mkdtempSync(join(tmpdir(), 'puente-thesaurus-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

function file(name: string, text: string): string {
  const path = join(folder, name)
  writeFileSync(path, text)
  return path
}

const turtle = `@prefix skos: <http://www.w3.org/2004/02/skos/core#>.
@prefix dct: <http://purl.org/dc/terms/>.
@prefix ex: <https://www.example.org/thesaurus/>.
ex:scheme a skos:ConceptScheme; dct:title "Example Thesaurus"@en, "Tesauro de ejemplo"@es; dct:license <https://creativecommons.org/licenses/by/4.0/>.
ex:1 a skos:Concept; skos:prefLabel "Monoclonal antibodies"@en, "Anticuerpos monoclonales"@es; skos:altLabel "MoAb"@en; skos:broader ex:3.
ex:2 a skos:Concept; skos:prefLabel "Rabies"@en, "Rabia"@es, "狂犬病"@zh, "狂犬症"@zh-TW; skos:broader ex:4; skos:scopeNote "Of all mammals."@en.
ex:3 a skos:Concept; skos:prefLabel "Dengue"@en, "Vacuna"@es; skos:exactMatch <http://id.nlm.nih.gov/mesh/D999999>.
ex:4 a skos:Concept; skos:prefLabel "Infections"@en, "Infecciones"@es; skos:narrower ex:2.
`

onBothEngines('a thesaurus is imported', (world) => {
  const labelsOf = async (key: string) =>
    (
      await world().rows(sql<{
        label: string
      }>`select l.language || ' ' || l.kind || ' ' || l.text || ' ' || l.origin as label from vocabulary.label l join vocabulary.concept c on c.id = l.concept_id
        where c.key = ${key} and l.ended_at is null order by 1`)
    ).map(({ label }) => label)
  const run = (path: string, options: Record<string, string | boolean> = {}) => command(world(), 'import vocabulary', [path], options)
  const rows = async () =>
    (
      await world().rows(
        sql<{
          n: number
        }>`select (select count(*) from vocabulary.label)::int + (select count(*) from vocabulary.relation)::int + (select count(*) from vocabulary.concept)::int as n`,
      )
    )[0]?.n
  let path = ''

  beforeAll(() => {
    path = file('example.ttl', turtle)
  })

  test('a dry run says what would be done, and writes nothing', async () => {
    const before = await rows()
    const said = await run(path, { 'dry-run': true })
    expect([said.code, said.out[0]]).toEqual([0, 'Example Thesaurus (example): 2 attached (0 by a code, 2 by labels), 2 added, 0 known from before.'])
    expect(said.out.at(-1)).toBe('Nothing was written.')
    expect(await rows()).toBe(before)
  })

  test('what is here gets its labels, what is not is added with its place, what is doubtful is named', async () => {
    const said = await run(path)
    expect(said.out.join('\n')).toContain('may be dengue (Dengue)')
    expect(await labelsOf('monoclonal-antibody')).toContain('en alternative MoAb imported')
    expect(await labelsOf('monoclonal-antibody')).not.toContain('en alternative Monoclonal antibodies imported')
    expect(await labelsOf('rabies')).toEqual([
      'en preferred Rabies imported',
      'es preferred Rabia imported',
      'zh alternative 狂犬症 imported',
      'zh preferred 狂犬病 imported',
    ])
    const page = await (await world().ask('/en/concepts/rabies')).text()
    for (const part of ['href="/en/concepts/infection">infection</a>', 'Of all mammals.', 'Example Thesaurus', 'creativecommons.org/licenses/by/4.0'])
      expect(page).toContain(part)
    expect(await (await world().ask('/en/concepts')).text()).toContain('Example Thesaurus</a>')
    expect(
      await world().rows(
        sql`select payload::jsonb ->> 'new' as new, payload::jsonb ->> 'labels' as labels from app.log_payload p join app.log_entry e on e.id = p.entry_id where e.verb = 'vocabulary.imported'`,
      ),
    ).toEqual([{ new: '2', labels: '2' }])
  })

  test('a second time it writes nothing; a newer file ends what it says no more', async () => {
    const before = await rows()
    expect((await run(path)).out[0]).toContain('0 attached (0 by a code, 0 by labels), 0 added, 4 known from before.')
    expect(await rows()).toBe(before)
    await run(file('example.ttl', turtle.replace('; skos:altLabel "MoAb"@en', '').replace('"Rabies"@en', '"Hydrophobia"@en')))
    expect(await labelsOf('monoclonal-antibody')).not.toContain('en alternative MoAb imported')
    expect(await labelsOf('rabies')).toContain('en preferred Hydrophobia imported')
  })

  test('a file that breaks off, one of another kind, and one that is not there are refused with their line', async () => {
    const before = await rows()
    const broken = await run(file('broken.ttl', `${turtle}\nex:5 a skos:Concept; skos:prefLabel "Cut`))
    expect([broken.code, broken.out[0]]).toEqual([3, expect.stringMatching(/^broken\.ttl:1\d/)])
    expect((await run(file('strange.txt', 'x'))).code).toBe(3)
    expect((await run(join(folder, 'nowhere.ttl'))).code).toBe(3)
    expect((await run(file('wrong.csv', 'a,b\n1,2\n'))).code).toBe(3)
    const rdf = `<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:skos="http://www.w3.org/2004/02/skos/core#">
      <skos:Concept rdf:about="https://www.example.org/1"><skos:prefLabel xml:lang="en">Whole</skos:prefLabel></skos:Concept>`
    for (const [name, text] of [
      ['cut', rdf],
      ['empty', '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"></rdf:RDF>'],
      ['wrong', rdf.replace('</skos:Concept>', '</skos:Other></rdf:RDF>')],
    ] as const)
      expect([name, (await run(file(`${name}.rdf`, text))).code]).toEqual([name, 3])
    expect(await rows()).toBe(before)
  })

  test('what is written as RDF/XML, Turtle and CSV is the same vocabulary when it is read again', async () => {
    for (const [format, ending] of [
      ['rdfxml', 'rdf'],
      ['turtle', 'ttl'],
      ['csv', 'csv'],
    ]) {
      const written = join(folder, `all-${format}.${ending}`)
      expect((await command(world(), 'vocabulary export', [written], { format: format ?? '' })).code).toBe(0)
      const [line = ''] = (await run(written, { 'dry-run': true })).out
      // Those with terms in one language alone can be told from others by nothing.
      expect(line).toMatch(/: 1[45] attached .* [01] added/)
    }
  })

  test('a list of terms, in one file or in several, is attached by its words', async () => {
    const pairs = (target: string, text: string) => `id,sourceLang,targetLang,sourceString,targetString\n1,en,${target},vaccines,${text}\n`
    await run(file('f_en-es_XX.csv', pairs('es_XX', 'Vacunas')), { scheme: 'terms' })
    await run(file('f_en-zh_TW.csv', pairs('zh_TW', '疫苗')), { scheme: 'terms' })
    expect(
      await world().rows(
        sql`select c.key from vocabulary.exact_match m join vocabulary.concept c on c.id = m.concept_id join vocabulary.scheme s on s.id = m.scheme_id where s.key = 'terms'`,
      ),
    ).toEqual([{ key: 'vaccine' }])
    const covered = await command(
      world(),
      'vocabulary coverage',
      [file('terms.csv', 'en,es,zh,vi\nvaccines,La vacuna,疫苗,vắc xin\nWuhan,Wuhan,武汉,Vũ Hán\nfever,fiebre,发热,sốt\n')],
      { missing: true },
    )
    expect(covered.out).toEqual([
      '2 terms of the field; 1 are not of it.',
      ...['en', 'es', 'zh', 'vi'].flatMap((language, index) => [`${language}: 1 of 2 known (50 %)`, `  ${['fever', 'fiebre', '发热', 'sốt'][index]}`]),
    ])
  })

  const standards = join(root, '..', 'shared', 'standards', '05-thesauri')
  test.skipIf(!existsSync(standards))('the UNESCO thesaurus and TICO-19 load', { timeout: 300_000 }, async () => {
    const unesco = await run(join(standards, 'unesco-thesaurus-en-es-fr-ru.ttl'), { scheme: 'unesco' })
    expect([unesco.code, unesco.out[0]]).toEqual([0, expect.stringMatching(/^UNESCO Thesaurus \(unesco\): \d+ attached .* 4,\d+ added/)])
    const tico = await run(join(standards, 'tico19-fb-en-es-zh-vi.csv'), { scheme: 'tico-19', name: 'TICO-19', licence: 'CC0 1.0' })
    expect([tico.code, tico.out[0]]).toEqual([0, expect.stringMatching(/^TICO-19 \(tico-19\)/)])
    expect(await (await world().ask('/vi/concepts?q=viêm phế quản cấp tính')).text()).toContain('acute-bronchitis')
  })
})
