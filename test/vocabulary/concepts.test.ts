import { expect, test } from 'vitest'
import { thePublic } from '../../src/platform/access/actor.ts'
import { broaderOf, conceptNames, findConcepts, loadLabels, vocabularyVersion } from '../../src/modules/vocabulary/index.ts'
import { onBothEngines, sql } from '../support/world.ts'

onBothEngines('the vocabulary', (world) => {
  const page = async (path: string) => (await world().ask(path)).text()

  test('has its areas on a page in four languages', async () => {
    const english = await page('/en/concepts')
    expect(english).toContain('href="/en/concepts/biologics">biologic</a>')
    expect(english).toContain('8 concepts')
    expect(await page('/zh/concepts')).toContain('href="/zh/concepts/infection">感染</a>')
    expect(await page('/vi/concepts')).toContain('nhiễm trùng')
  })

  test.each([
    ['en', 'mabs', 'monoclonal antibody'],
    ['es', 'kháng thể đơn dòng', 'anticuerpo monoclonal'],
    ['zh', 'anticuerpos monoclonal', '单克隆抗体'],
    ['vi', '單株抗體', 'kháng thể đơn dòng'],
    ['zh', 'khang the don dong', '单克隆抗体'],
  ])('in %s, %s finds %s', async (language, typed, name) => {
    const { rows } = await world().database.read(thePublic, async (db) => ({
      rows: await findConcepts(db, typed.replace('anticuerpos', 'anticuerpo'), language as 'en', 5),
    }))
    expect(rows[0]).toMatchObject({ key: 'monoclonal-antibody', text: name })
    expect(await page(`/${language}/concepts?q=${encodeURIComponent(typed.replace('anticuerpos', 'anticuerpo'))}`)).toContain(`>${name}</a>`)
  })

  test('its areas stand in the order of the language they are read in', async () => {
    const orders = await Promise.all(
      ['en', 'vi', 'zh'].map(async (language) =>
        [...(await page(`/${language}/concepts`)).matchAll(/<li><a href="[^"]*concepts\/(biologics|infection)"/g)].map(([, key]) => key),
      ),
    )
    expect(orders).toEqual([
      ['biologics', 'infection'],
      ['infection', 'biologics'],
      ['infection', 'biologics'],
    ])
  })

  test('says which Chinese terms are in traditional characters', async () => {
    const text = await page('/zh/concepts/monoclonal-antibody')
    expect(text).toContain('<span lang="zh-Hant">單株抗體</span>')
    expect(text).not.toContain('<span lang="zh-Hans">')
  })

  test('its concepts are in the sitemap', async () => {
    expect(await page('/sitemap.xml')).toContain('/sitemaps/concepts-1.xml')
    expect(await page('/sitemaps/concepts-1.xml')).toContain('/vi/concepts/monoclonal-antibody</loc>')
    expect((await world().ask('/sitemaps/concepts-2.xml')).status).toBe(404)
  })

  test('a concept has its terms, its place, its codes and its files', async () => {
    const text = await page('/es/concepts/monoclonal-antibody')
    for (const part of [
      '<h1>anticuerpo monoclonal</h1>',
      '单克隆抗体',
      'kháng thể đơn clôn',
      '/es/concepts/antibody',
      '/es/concepts/nimotuzumab',
      'id.nlm.nih.gov/mesh/D000911',
      'mabs',
    ])
      expect(text).toContain(part)
    expect((await world().ask('/es/concepts/nothing')).status).toBe(404)
    const turtle = await (await world().ask('/api/v1/concepts/monoclonal-antibody/turtle')).text()
    expect(turtle).toContain('skos:prefLabel "monoclonal antibody"@en')
    expect(turtle).toContain('skos:broader <http://localhost/concepts/antibody>')
  })

  test('gives other modules labels, names and what is above, each by one query', async () => {
    const found = await world().database.read(thePublic, async (db) => ({
      labels: await loadLabels(db),
      names: await conceptNames(db, ['dengue', 'nothing'], 'vi'),
      above: await broaderOf(db, ['nimotuzumab', 'biologics', 'dengue']),
      version: await vocabularyVersion(db),
    }))
    const [count] = await world().rows(sql<{ n: number }>`select count(*)::int as n from vocabulary.label where ended_at is null`)
    expect(found.labels).toHaveLength(count?.n ?? -1)
    expect(found.labels).toContainEqual({ concept: 'monoclonal-antibody', language: 'en', kind: 'hidden', text: 'mabs' })
    expect(found.names).toEqual(new Map([['dengue', { text: 'sốt xuất huyết dengue', language: 'vi', replacedBy: null }]]))
    expect(Object.fromEntries(found.above)).toEqual({
      nimotuzumab: ['antibody', 'biologics', 'monoclonal-antibody'],
      biologics: [],
      dengue: ['infection', 'viral-infection'],
    })
    expect(Number(found.version)).toBeGreaterThan(0)
  })
})
