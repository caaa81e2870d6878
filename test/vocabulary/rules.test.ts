import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import type { ConceptDraft } from '../../src/modules/vocabulary/rules/draft.ts'
import { examineConcepts } from '../../src/modules/vocabulary/rules/examine.ts'
import { formatLabels, keyOfLabel, labelKey, labelsOfFields, looseKey } from '../../src/modules/vocabulary/rules/labels.ts'
import { byFile, byHand, type HeldContent } from '../../src/modules/vocabulary/rules/reconcile.ts'
import { conceptFiles, readArea } from '../../src/modules/vocabulary/sheets/concepts.ts'
import { root } from '../../src/platform/root.ts'

const sound = { en: 'vaccine', es: 'vacuna', zh: '疫苗', vi: 'vắc xin' }
const concept = (key: string, more: Partial<Omit<ConceptDraft, 'labels'>> & { labels?: Partial<typeof sound> } = {}): ConceptDraft => {
  const { labels, ...rest } = more
  const own = Object.fromEntries(Object.entries(sound).map(([language, text]) => [language, `${text} ${key}`]))
  return { key, area: 'top', broader: key === 'top' ? [] : ['top'], related: [], codes: [], note: null, ...rest, labels: labelsOfFields({ ...own, ...labels }) }
}
const found = (...drafts: ConceptDraft[]) => examineConcepts([concept('top'), ...drafts]).map(({ key, kind, detail }) => `${key} ${kind} ${detail}`.trim())

describe('what is wrong with a vocabulary is found', () => {
  test('nothing with a sound one', () => expect(found(concept('a'), concept('b', { broader: ['a'], codes: [{ register: 'icd10', code: 'A97' }] }))).toEqual([]))
  test('a language without labels, and one whose labels are all hidden', () =>
    expect(found(concept('a', { labels: { zh: '', vi: '~vx' } }))).toEqual(['a no-label zh', 'a no-preferred vi']))
  test('another script', () =>
    expect(found(concept('a', { labels: { es: 'vacuna | 疫苗', zh: 'vaccine of all' } }))).toEqual([
      'a wrong-script es 疫苗',
      'a wrong-script zh vaccine of all',
    ]))
  test('a circle', () => expect(found(concept('a', { broader: ['b'] }), concept('b', { broader: ['a'] }))).toEqual(['a circular', 'b circular']))
  test('what is named and not there, or is itself', () =>
    expect(found(concept('a', { broader: ['x', 'top'], related: ['a'] }))).toEqual(['a itself', 'a unknown-concept x']))
  test('no broader concept', () => expect(found(concept('a', { broader: [] }))).toEqual(['a no-broader']))
  test('a code that cannot be one', () => expect(found(concept('a', { codes: [{ register: 'mesh', code: '12' }] }))).toEqual(['a wrong-code mesh:12']))
  test('a key twice', () => expect(found(concept('a'), concept('a', { labels: { en: 'x', es: 'x', zh: '新', vi: 'x' } }))).toContain('a key-twice'))
  test('a label of two unrelated concepts, unless both say so', () => {
    expect(found(concept('a', { labels: { en: 'Jab' } }), concept('b', { labels: { en: 'jab' } }))).toEqual(['b label-shared en jab: a'])
    expect(found(concept('a', { labels: { en: 'jab' }, note: 'shared: jab' }), concept('b', { labels: { en: 'jab' }, note: 'shared: jab' }))).toEqual([])
    expect(found(concept('a', { labels: { en: 'jab' } }), concept('b', { labels: { en: 'jab' }, broader: ['a'] }))).toEqual([])
    expect(found(concept('a', { labels: { vi: 'bò' } }), concept('b', { labels: { vi: 'bơ' } }))).toEqual([])
  })
})

test('labels are read and written as cells have them', () => {
  const labels = labelsOfFields({ en: 'mAb | ~ mabs| monoclonal antibody | mAb', zh: '单抗\n單株抗體' })
  expect(labels.map(({ kind, text }) => `${kind} ${text}`)).toEqual([
    'preferred mAb',
    'hidden mabs',
    'alternative monoclonal antibody',
    'preferred 单抗',
    'alternative 單株抗體',
  ])
  expect(formatLabels(labels, 'en')).toBe('mAb | monoclonal antibody | ~mabs')
  expect([
    labelKey('Sốt-xuất huyết', 'vi'),
    labelKey('Infección', 'es'),
    looseKey('Vacunas terapéuticas', 'es'),
    looseKey('Antibodies', 'en'),
    looseKey('virus', 'en'),
    looseKey('cases causes diseases viruses', 'en'),
    labelKey('CHO 细胞 培养', 'zh'),
    keyOfLabel("Crohn's disease (chronic)"),
  ]).toEqual(['sốt xuất huyết', 'infeccion', 'vacuna terapeutica', 'antibody', 'virus', 'case cause disease virus', 'cho细胞培养', 'crohns-disease-chronic'])
})

describe('a newer file and the hands of people', () => {
  const row = { id: '1', origin: 'built-in', schemeId: 'file', fromId: null, endedBy: null } as const
  const held = (labels: HeldContent['labels']): HeldContent => ({ labels, relations: [], codes: [] })
  const wanted = (cell: string) => ({ labels: labelsOfFields({ en: cell }), relations: [], codes: [] })
  const labelsOf = (cell: string, before: HeldContent['labels']) => byFile(wanted(cell), held(before), 'file').labels
  const preferred = { ...row, language: 'en', kind: 'preferred', text: 'a' } as const

  test('a file adds and ends its own', () => {
    expect(labelsOf('b', [preferred])).toEqual({ add: [{ language: 'en', kind: 'preferred', text: 'b' }], end: ['1'] })
    expect(labelsOf('a', [preferred])).toEqual({ add: [], end: [] })
  })
  test('it does not end what others said, nor bring back what a hand ended', () => {
    expect(labelsOf('b', [preferred, { ...preferred, id: '2', kind: 'alternative', text: 'c', origin: 'own', schemeId: 'own' }]).end).toEqual(['1'])
    expect(labelsOf('b', [{ ...preferred, text: 'b', endedBy: 'curation' }])).toEqual({ add: [], end: [] })
  })
  test('what somebody chose as preferred stays preferred', () =>
    expect(labelsOf('b', [{ ...preferred, origin: 'own', schemeId: 'own' }]).add).toEqual([{ language: 'en', kind: 'alternative', text: 'b' }]))
  test('a hand ends whatever it does not say', () =>
    expect(byHand(wanted('b'), held([preferred])).labels).toEqual({ add: [{ language: 'en', kind: 'preferred', text: 'b' }], end: ['1'] }))
})

/** The least concepts of each area that is built in. */
const leastPerArea = 20
const least = 2000
const seeds = join(root, 'seeds', 'vocabulary')

describe.skipIf(!existsSync(seeds))('the vocabulary that is built in', async () => {
  const sheets = await Promise.all((await conceptFiles(seeds)).map(({ path }) => readArea(path)))
  const drafts = sheets.flatMap((sheet) => sheet.drafts)

  test('is sound: in four languages, in the right scripts, without circles, no label of two unrelated concepts', () => {
    expect(sheets.flatMap(({ issues }) => issues)).toEqual([])
    expect(examineConcepts(drafts)).toEqual([])
  })

  test(`has at least ${least} concepts, and each area its share`, () => {
    expect(drafts.length).toBeGreaterThanOrEqual(least)
    expect(sheets.filter((sheet) => sheet.drafts.length < leastPerArea).map((sheet) => sheet.drafts[0]?.area)).toEqual([])
  })
})
