import { readdirSync, readFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { describe, expect, test } from 'vitest'
import { atlasTexts } from '../src/modules/atlas/index.ts'
import { callsTexts } from '../src/modules/calls/index.ts'
import { exchangeTexts } from '../src/modules/exchange/index.ts'
import { matchingTexts } from '../src/modules/matching/index.ts'
import { membersTexts } from '../src/modules/members/text/index.ts'
import { entryKinds, recordTexts } from '../src/modules/record/index.ts'
import { kindTerms, stageTerms, statusTerms } from '../src/modules/record/rules/terms.ts'
import { sourceKinds } from '../src/modules/record/schema.ts'
import { draftRecord } from '../src/modules/record/sheets/draft.ts'
import { vocabularyTexts } from '../src/modules/vocabulary/index.ts'
import { readSheets } from '../src/modules/record/sheets/index.ts'
import { refusals } from '../src/platform/errors.ts'
import { platformTexts } from '../src/platform/i18n/index.ts'
import { languages } from '../src/platform/i18n/languages.ts'
import type { Sentence } from '../src/platform/i18n/texts.ts'
import { root } from '../src/platform/root.ts'
import { seeds } from './support/record.ts'

const all = {
  platform: platformTexts.files,
  members: membersTexts.files,
  vocabulary: vocabularyTexts.files,
  record: recordTexts.files,
  exchange: exchangeTexts.files,
  matching: matchingTexts.files,
  calls: callsTexts.files,
  atlas: atlasTexts.files,
}

const placeholders = (sentence: string) => (sentence.match(/\{\w+\}/g) ?? []).toSorted().join(' ')
const forms = (sentence: Sentence) => (typeof sentence === 'string' ? [sentence] : Object.values(sentence))
const longest = (sentence: Sentence) => (typeof sentence === 'string' ? sentence : sentence.other)

describe.each(Object.entries(all))('the text files of %s', (_, files) => {
  test('say the same things in every language', () => {
    for (const language of languages) expect(Object.keys(files[language])).toEqual(Object.keys(files.en))
  })

  test('keep their placeholders', () => {
    for (const language of languages) {
      for (const [key, sentence] of Object.entries(files[language]))
        expect([key, placeholders(longest(sentence))]).toEqual([key, placeholders(longest(files.en[key] ?? ''))])
    }
  })

  test('are written in their language', () => {
    const text = (language: (typeof languages)[number]) => Object.values(files[language]).flatMap(forms).join(' ')
    expect(text('zh')).toMatch(/\p{Script=Han}/u)
    expect(text('vi')).toMatch(/[ăâđêôơưạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹ]/i)
    expect(text('es')).toMatch(/[áéíóúñ¿¡]/i)
    for (const language of ['en', 'es', 'vi'] as const) {
      const foreign = Object.entries(files[language]).filter(([, sentence]) => forms(sentence).some((form) => /\p{Script=Han}/u.test(form)))
      expect(foreign.map(([key]) => key).filter((key) => key !== 'home.placeholder')).toEqual([])
    }
  })

  test('no language leaves another one’s sentence standing', () => {
    for (const language of ['es', 'zh', 'vi'] as const) {
      const same = Object.entries(files[language]).filter(
        ([key, sentence]) => longest(sentence) === longest(files.en[key] ?? '') && /[a-z]{4}/.test(longest(sentence).replace(/\{\w+\}/g, '')),
      )
      expect(same.map(([key]) => key).filter((key) => !['home.placeholder', 'kind.hospital', 'kind.interferon'].includes(key))).toEqual([])
    }
  })
})

test('no view holds words of its own', () => {
  const found = sources(join(root, 'src'))
    .filter((path) => path.endsWith('.tsx'))
    .flatMap((path) =>
      [...readFileSync(path, 'utf8').matchAll(/>([^<>{}=;()]*\p{L}{3}[^<>{}=;()]*)<\//gu)].map(([, words]) => `${relative(root, path)}: ${words?.trim()}`),
    )
  // Names, the same in every language.
  expect(found.filter((line) => !/: (Puente|Atom|JSON|JSON-LD|SKOS Turtle)$/.test(line))).toEqual([])
})

const code = sources(join(root, 'src'))
  .filter((path) => /\.tsx?$/.test(path) && !path.includes('.test.') && !/(i18n|modules.\w+).text./.test(path))
  .map((path) => readFileSync(path, 'utf8'))
  .join('\n')
const isQuoted = (name: string) => code.includes(`'${name}'`)

const drafts = draftRecord(await readSheets(seeds)).entries.map(({ draft }) => draft())
const claims = drafts.flatMap(({ statements }) => statements)
const once = (names: readonly string[]) => [...new Set(names)].toSorted()

/** Keys that the code builds from a name, `kind.${…}`, and the names it may build them from. */
const families: Record<string, string[]> = {
  plural: once(entryKinds),
  lead: once(entryKinds),
  kind: once(Object.values(kindTerms).flat()),
  status: once(Object.values(statusTerms).flat()),
  stage: once(stageTerms),
  'source-kind': once(sourceKinds),
  'filter.disputed': ['no', 'yes'],
  field: once(claims.map(({ field }) => field)),
  refusal: once(Object.keys(refusals)),
}
const familyOf = (key: string) => Object.keys(families).find((family) => key.startsWith(`${family}.`))
const keys = (files: (typeof all)[keyof typeof all]) => Object.keys(files.en)

test.each(Object.entries(families))('each name that %s may be followed by has its words, and no other', (family, names) => {
  const said = Object.values(all)
    .flatMap(keys)
    .filter((key) => familyOf(key) === family)
    .map((key) => key.slice(family.length + 1))
  expect(names.filter((name) => !said.includes(name))).toEqual([])
  // A key may also stand in the code as it is; and a field that no seed has may be one that the rules know.
  const isKnown = (name: string) => names.includes(name) || isQuoted(`${family}.${name}`) || (family === 'field' && isQuoted(name))
  expect(said.filter((name) => !isKnown(name))).toEqual([])
  expect(names.length).toBeGreaterThan(1)
})

test('each kind of entry has a word of its own, and each qualifier of the record', () => {
  const { en } = recordTexts.files
  expect([...entryKinds, 'source'].filter((kind) => !(`entry.${kind}` in en))).toEqual([])
  // The basis of a value is shown without a word before it.
  const qualifiers = once(claims.flatMap(({ qualifiers: each }) => Object.keys(each ?? {})))
  expect(qualifiers.filter((name) => name !== 'basis' && !(`qualifier.${name}` in en))).toEqual([])
})

test('no sentence is left that nothing says', () => {
  // What is in a family is looked at above; the rest stands in the code as it is, or is built with its first words written out.
  const isSaid = (key: string) =>
    isQuoted(key) || familyOf(key) !== undefined || [...key.matchAll(/[.-]/g)].some(({ index }) => code.includes(`\`${key.slice(0, index + 1)}\${`))
  for (const files of Object.values(all)) expect(keys(files).filter((key) => !isSaid(key))).toEqual([])
})

function sources(directory: string): string[] {
  return readdirSync(directory, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
}
