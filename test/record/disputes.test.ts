import { expect, test } from 'vitest'
import { countryFields, dateFields, numberFields } from '../../src/modules/record/rules/kinds.ts'
import { isTerm } from '../../src/modules/record/rules/terms.ts'
import { plurals } from '../../src/modules/record/schema.ts'
import { recordTexts } from '../../src/modules/record/text/index.ts'
import { fieldLabel } from '../../src/modules/record/views/labels.ts'
import { countryName, formatNumber } from '../../src/platform/i18n/format.ts'
import { platformTexts } from '../../src/platform/i18n/index.ts'
import { languages, pickText, type Language } from '../../src/platform/i18n/languages.ts'
import { formatEdtf, isEdtf } from '../../src/platform/text/edtf.ts'
import { readHtml } from '../support/html.ts'
import {
  facts,
  hasFacts,
  inEnglish,
  pathOf,
  readRows,
  recordOf,
  seeds,
  shownClaims,
  supporters,
  targetName,
  type Dispute,
  type Listed,
  type Side,
} from '../support/record.ts'
import { onBothEngines } from '../support/world.ts'

// Every point on which sources contradict each other stands on record with its sides, on the API and on the pages.

const conflicts = readRows(seeds, 'conflicts')
const places = new Map(readRows(seeds, 'places').map((row) => [row['id'], row]))
const nameOf = ({ entry }: Side) => `${entry.entry}:${entry.key}`
const said = (side: Side) => targetName(side) ?? inEnglish(side.value)

/** What a comparison of the sources holds to be right and wrong; a dispute that is not here leaves every side standing. */
const verdicts: Record<string, { right?: string[]; wrong?: string[] }> = {
  'k-002': { right: ['2025-01-01'], wrong: ['2023'] },
  'k-003': { right: ['2025-06-13/2025-06-14'] },
  'k-007': { right: ['planned'] },
  'k-008': { right: ['Central Highlands, merged with Dak Nong and Binh Thuan'] },
  'k-009': {
    right: ['Subsidiary of the joint venture Biotech Pharmaceutical (BPL)'],
    wrong: ['The first Sino-Cuban biopharmaceutical company, inaugurated in Changzhi in February 2025'],
  },
  'k-010': { right: ['changzhi'], wrong: ['Changzi'] },
  'k-011': { right: ['Development and manufacture of antibody and other medicines'], wrong: ['High-end equipment for the production of antibody medicines'] },
  'k-012': { right: ['Changzhi: prefecture-level city in Shanxi'], wrong: ['Changzhi: provincial capital'] },
  'k-013': { right: ['2025-09-07'] },
  'k-014': { right: ['2024-07-08'], wrong: ['2025-04'] },
  'k-017': { right: ['3'] },
  'k-018': { right: ['organization:usst'] },
  'k-019': { right: ['Cancer diagnosis and energy therapy'] },
  'k-021': { right: ['product:p-hebersavax'] },
  'k-022': { right: ['2015'] },
  'k-023': { right: ['Neurodegenerative diseases'], wrong: ['Neurovegetative diseases'] },
  'k-025': { right: ['Confidentiality agreements and term sheets for two cell-therapy joint ventures'], wrong: ['Joint venture in biopharmaceuticals, begun'] },
  'k-027': { wrong: ['775'] },
  'k-029': { right: ['5000000'] },
  'k-030': { right: ['organization:polyvac'] },
  'k-031': { right: ['conditional'] },
  'k-032': { right: ['organization:cigb'], wrong: ['organization:cim'] },
  'k-033': { right: ['organization:sinocare'] },
  'k-036': { right: ['Taiwan and Hong Kong'] },
  'k-037': { right: ['organization:icidca'], wrong: ['organization:labiofam', 'organization:cigb'] },
  'k-040': { right: ['2012-11'] },
  'k-042': { right: ['2'] },
  'k-051': { right: ['building'] },
  'k-052': { right: ['2024-09-25/2024-09-27'], wrong: ['2023-09'] },
  'k-055': { right: ['2019-12'] },
}

/** Values whose figures the record writes in another unit than the table of conflicts. */
const otherwise: Record<string, string> = { '1.1 billion': '1100', '1.55 billion': '1550' }

const months = ['January', 'February', 'March', 'April', 'May', 'June', 'July', 'August', 'September', 'October', 'November', 'December']
const numerals = ['zero', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten']

/** Words with plain figures: `June 2025` as `2025-06`, `3,417` as `3417`, `seven` as `7`. */
function plainFigures(words: string): string {
  let text = words.replaceAll(/(\d),(\d{3})/g, '$1$2')
  for (const [index, month] of months.entries()) text = text.replaceAll(new RegExp(`${month} (\\d{4})`, 'g'), `$1-${String(index + 1).padStart(2, '0')}`)
  for (const [figure, word] of numerals.entries()) text = text.replaceAll(new RegExp(`\\b${word}\\b`, 'gi'), String(figure))
  return text
}

/** Whether a side says what a cell of the table of conflicts says: all of its figures or, where it has none, most of its words. */
function isRecognisable(cell: string, side: Side): boolean {
  const wanted = plainFigures(otherwise[cell] ?? cell)
  const told = plainFigures(
    [inEnglish(side.value), side.target?.title.en, side.target?.acronym, side.target?.key, side.valid, ...Object.values(side.qualifiers).map(inEnglish)]
      .filter(Boolean)
      .join(' '),
  ).toLowerCase()
  const figures = wanted.match(/\d[\d.-]*\d|\d/g) ?? []
  if (figures.length > 0) return figures.every((figure) => told.includes(figure))
  const words = wanted.toLowerCase().match(/[a-zà-ÿ]{4,}/g) ?? []
  return words.length > 0 && words.filter((word) => told.includes(word.slice(0, 6))).length / words.length >= 0.5
}

/** Amounts of money as a reader of the page counts. */
const money: Record<string, Record<'en' | 'zh', string>> = {
  '777 million USD': { en: '777 million USD', zh: '7.77亿 USD' },
  '830 million USD': { en: '830 million USD', zh: '8.3亿 USD' },
  '775 thousand USD': { en: '775 thousand USD', zh: '77.5万 USD' },
  '1100 million USD': { en: '1.1 billion USD', zh: '11亿 USD' },
  '1550 million USD': { en: '1.55 billion USD', zh: '15.5亿 USD' },
  '2000 million USD': { en: '2 billion USD', zh: '20亿 USD' },
  '114 million USD': { en: '114 million USD', zh: '1.14亿 USD' },
  '537.7 billion VND': { en: '537.7 billion VND', zh: '5377亿 VND' },
  '657 billion VND': { en: '657 billion VND', zh: '6570亿 VND' },
}

/** The value of a side as a page in a language has to show it. */
function shownAs(side: Side, language: 'en' | 'zh'): string {
  const { field, value, target } = side
  if (target) return pickText(target.title, language, target.title.original)?.text ?? ''
  if (typeof value !== 'string') return pickText(value, language, side.language ?? undefined)?.text ?? ''
  const place = field === 'place' ? places.get(value) : undefined
  if (place) return place[`name_${language}`] || (place['name_en'] ?? '')
  if (countryFields.has(field) && /^[A-Z]{2}$/.test(value)) return countryName(value, language)
  if (dateFields.has(field) && isEdtf(value)) return formatEdtf(value, language, platformTexts[language])
  if (field === 'status' && isTerm(side.entry.entry, field, value)) return recordTexts[language](`status.${value}` as 'status.planned')
  const unit = side.qualifiers['unit']
  if (typeof unit === 'string' && / [A-Z]{3}$/.test(unit)) return money[`${value} ${unit}`]?.[language] ?? `${value} ${unit} is not in the table`
  return numberFields.has(field) ? formatNumber(Number(value), language) : value
}

/** The sides that a page does not show, or shows as wrong when they are not. */
function notShown(html: string, sides: readonly Side[], language: 'en' | 'zh'): string[] {
  const left = shownClaims(html)
  return sides.flatMap((side) => {
    const words = shownAs(side, language).replaceAll(/\s+/g, ' ')
    const valid = side.valid === null ? '' : formatEdtf(side.valid, language, platformTexts[language])
    const at = left.findIndex(
      ({ label, text, isWrong }) =>
        label === fieldLabel(recordTexts[language], side.field) &&
        (text === words || text.startsWith(`${words} `)) &&
        text.includes(valid) &&
        isWrong === (side.rank === 'deprecated'),
    )
    if (at === -1) return [`${language} ${nameOf(side)} ${side.field}: ${words} ${valid}`]
    left.splice(at, 1)
    return []
  })
}

test.skipIf(!hasFacts)('the conflicts of the facts are all in the sheet, with the same values and sources', () => {
  const columns = ['id', 'subject', 'field', 'value_a', 'source_a', 'value_b', 'source_b', 'other_values']
  const cut = (rows: Record<string, string>[]) => rows.map((row) => columns.map((column) => row[column]))
  expect(cut(conflicts)).toEqual(cut(readRows(facts, 'conflicts')))
})

onBothEngines('disputes', (world) => {
  const record = recordOf(world)
  const page = async (path: string) => {
    const answer = await world().ask(path)
    expect([path, answer.status]).toEqual([path, 200])
    return answer.text()
  }
  let disputes: Promise<Dispute[]> | undefined
  const all = () => (disputes ??= record.all<Dispute>('disputes'))

  test('are 54, each once, and each can be asked for', async () => {
    const found = await all()
    expect(found.map(({ key }) => key)).toEqual(conflicts.map(({ id = '' }) => id).toSorted((a, b) => (a < b ? -1 : 1)))
    expect(found).toHaveLength(54)
    for (const dispute of found) expect(await record.get(`disputes/${dispute.key}`)).toEqual(dispute)
  })

  test('have two sides at least on one thing, with sources of their own, and an assessment in four languages', async () => {
    const wrong: string[] = []
    for (const { key, sides, assessment } of await all()) {
      const groups = Map.groupBy(sides, (side) => `${nameOf(side)} ${side.field}`)
      const compete = [...groups.values()].filter((group) => new Set(group.map((side) => JSON.stringify([said(side), side.valid, side.qualifiers]))).size > 1)
      if (compete.length === 0) wrong.push(`${key}: no two values of one field`)
      if (!compete.some((group) => new Set(group.flatMap(supporters)).size > 1)) wrong.push(`${key}: all from one source`)
      if (sides.some((side) => supporters(side).length === 0)) wrong.push(`${key}: a side that nobody takes`)
      if (!sides.some(({ reason }) => reason !== null)) wrong.push(`${key}: no side says what to make of it`)
      for (const language of languages) if (!assessment[language]?.trim()) wrong.push(`${key}: no assessment in ${language}`)
    }
    expect(wrong).toEqual([])
  })

  test('show both values of the table of conflicts, each said by the source that the table names', async () => {
    const found = new Map((await all()).map((dispute) => [dispute.key, dispute]))
    const missing = conflicts.flatMap((row) =>
      (['a', 'b'] as const).flatMap((letter) => {
        const [value = '', source = ''] = [row[`value_${letter}`], row[`source_${letter}`]]
        const sides = found.get(row['id'] ?? '')?.sides ?? []
        return sides.some((side) => supporters(side).includes(source) && isRecognisable(value, side)) ? [] : [`${row['id']} ${value} [${source}]`]
      }),
    )
    expect(missing).toEqual([])
  })

  test('name the sources that the other values of the table come from', async () => {
    const found = new Map((await all()).map((dispute) => [dispute.key, dispute]))
    const missing = conflicts.flatMap((row) => {
      const cited = new Set(found.get(row['id'] ?? '')?.sides.flatMap(({ citations }) => citations.map(({ source }) => source)))
      return [...(row['other_values'] ?? '').matchAll(/\b(?:w\d{3}|seed-\d{3})\b/g)].flatMap(([source]) =>
        cited.has(source) ? [] : [`${row['id']} ${source}`],
      )
    })
    expect(missing).toEqual([])
  })

  test('are ranked as the assessment says, and whoever is preferred or held to be wrong has the reason in four languages', async () => {
    const found = await all()
    const ranked = (sides: Side[], rank: Side['rank']) => new Set(sides.filter((side) => side.rank === rank).map(said))
    for (const { key, sides } of found) {
      const { right = [], wrong = [] } = verdicts[key] ?? {}
      expect({ key, right: ranked(sides, 'preferred'), wrong: ranked(sides, 'deprecated') }).toEqual({ key, right: new Set(right), wrong: new Set(wrong) })
      const unexplained = sides.filter(({ rank, reason }) => rank !== 'normal' && languages.some((language) => !reason?.[language]))
      expect(unexplained.map((side) => `${key} ${said(side)}`)).toEqual([])
    }
  })

  test('have nobody on the side that is held to be right who also says otherwise of the same', async () => {
    const wrong: string[] = []
    for (const { key, sides } of await all()) {
      for (const right of sides.filter(({ rank }) => rank === 'preferred')) {
        // What is measured or counted in another way may differ.
        const others = sides.filter(
          (side) =>
            nameOf(side) === nameOf(right) &&
            side.field === right.field &&
            said(side) !== said(right) &&
            (['measure', 'counts'] as const).every((name) => JSON.stringify(side.qualifiers[name]) === JSON.stringify(right.qualifiers[name])),
        )
        const both = supporters(right).filter((source) => others.some((side) => supporters(side).includes(source)))
        wrong.push(...both.map((source) => `${key}: ${source} says ${said(right)} and otherwise`))
      }
    }
    expect(wrong).toEqual([])
  })

  test.each(['en', 'zh'] as const)('stand on the pages of their entries in %s: a badge and every side', async (language) => {
    const entries = Map.groupBy(
      (await all()).flatMap(({ sides }) => sides),
      nameOf,
    )
    const wrong: string[] = []
    for (const [name, sides] of entries) {
      const html = await page(`/${language}/${pathOf(name)}`)
      const badges = readHtml(html).elements.filter(({ attributes }) => attributes['class'] === 'tag warn')
      if (!badges.some(({ text }) => text === recordTexts[language]('entry.disputed'))) wrong.push(`${language} ${name}: no badge`)
      wrong.push(...notShown(html, sides, language))
    }
    expect(wrong).toEqual([])
  })

  test.each(['en', 'zh'] as const)('have a page each in %s, and all stand on the list', async (language: Language & ('en' | 'zh')) => {
    const wrong: string[] = []
    for (const { key, sides, assessment } of await all()) {
      const html = await page(`/${language}/disputes/${key}`)
      const { elements } = readHtml(html)
      wrong.push(...notShown(html, sides, language))
      if (!elements.some(({ name, text }) => name === 'p' && text.includes(assessment[language] ?? '?'))) wrong.push(`${language} ${key}: no assessment`)
      const links = new Set(elements.map(({ attributes }) => attributes['href']))
      for (const { source } of sides.flatMap(({ citations }) => citations))
        if (!links.has(`/${language}/sources/${source}`)) wrong.push(`${language} ${key}: no link to ${source}`)
    }
    expect(wrong).toEqual([])

    const listed: string[] = []
    for (let path: string | undefined = `/${language}/disputes`; path !== undefined;) {
      const { elements } = readHtml(await page(path))
      listed.push(...elements.flatMap(({ name, attributes }) => (name === 'article' && attributes['id'] ? [attributes['id']] : [])))
      path = elements.find(({ name, attributes }) => name === 'a' && attributes['rel'] === 'next')?.attributes['href']
    }
    expect(listed).toEqual((await all()).map(({ key }) => key))
  })

  test('set their entries apart in the lists', async () => {
    const disputed = new Set((await all()).flatMap(({ sides }) => sides.map(nameOf)))
    for (const [kind, plural] of Object.entries(plurals)) {
      const [yes, no, every] = await Promise.all(
        ['?disputed=yes', '?disputed=no', ''].map(async (query) => (await record.all<Listed>(`${plural}${query}`)).map(({ key }) => `${kind}:${key}`)),
      )
      expect([...disputed].filter((name) => name.startsWith(`${kind}:`) && !yes?.includes(name))).toEqual([])
      expect(no?.filter((name) => disputed.has(name))).toEqual([])
      expect([...(yes ?? []), ...(no ?? [])].sort()).toEqual(every?.sort())
    }
  })
})
