import { readdirSync, readFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { describe, expect, test } from 'vitest'
import { atlasTexts } from '../src/modules/atlas/index.ts'
import { recordTexts } from '../src/modules/record/index.ts'
import { platformTexts } from '../src/platform/i18n/index.ts'
import { languages } from '../src/platform/i18n/languages.ts'
import type { Sentence } from '../src/platform/i18n/texts.ts'
import { root } from '../src/platform/root.ts'

const all = { platform: platformTexts.files, record: recordTexts.files, atlas: atlasTexts.files }

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
      expect(
        same.map(([key]) => key).filter((key) => !['home.placeholder', 'organization-kind.hospital', 'organization-kind.laboratory'].includes(key)),
      ).toEqual([])
    }
  })
})

test('no view holds words of its own', () => {
  const found = sources(join(root, 'src'))
    .filter((path) => path.endsWith('.tsx'))
    .flatMap((path) =>
      [...readFileSync(path, 'utf8').matchAll(/>([^<>{}=;()]*\p{L}{3}[^<>{}=;()]*)<\//gu)].map(([, words]) => `${relative(root, path)}: ${words?.trim()}`),
    )
  expect(found.filter((line) => !line.endsWith(': Puente'))).toEqual([])
})

test('no sentence is left that nothing says', () => {
  const code = sources(join(root, 'src'))
    .filter((path) => /\.tsx?$/.test(path) && !/(i18n|modules.\w+).text./.test(path))
    .map((path) => readFileSync(path, 'utf8'))
    .join('\n')
  const isSaid = (key: string) => code.includes(`'${key}'`) || [...key.matchAll(/[.-]/g)].some(({ index }) => code.includes(`\`${key.slice(0, index + 1)}\${`))
  for (const files of Object.values(all)) expect(Object.keys(files.en).filter((key) => !isSaid(key))).toEqual([])
})

function sources(directory: string): string[] {
  return readdirSync(directory, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
}
