// Writes letter-groups.ts and common-words.ts in src/platform/text/analysis from texts in three languages: npx node scripts/language-tables.ts FOLDER
// FOLDER holds ntrex-4lang, xquad-4lang and tico19-parallel. Of NTREX only the first half is read: the second shows what detection is worth (bench text).
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { isKeptApart, seededLabels } from '../bench/fixtures/texts.ts'
import { fold } from '../src/platform/text/fold.ts'
import { root } from '../src/platform/root.ts'

const folder = process.argv[2] ?? join(root, '..', 'shared', 'standards', '06-retrieval')
const codes = ['en', 'es', 'vi'] as const
type Code = (typeof codes)[number]
const mostGroups = 3000
/** Vietnamese syllables that are common, and yet nearly always mean what they mean alone. */
const things = new Set('thuốc máu lợn sữa gạo gà bò'.split(' '))
const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'

const texts: Record<Code, string[]> = { en: [], es: [], vi: [] }
const lines = (file: string) => readFileSync(join(folder, file), 'utf8').trim().split('\n')

function addTable(file: string, share: number) {
  const [head = '', ...rows] = lines(file)
  const columns = head.split('\t')
  for (const row of rows.slice(0, Math.floor(rows.length * share))) {
    const cells = row.split('\t')
    for (const code of codes) texts[code].push(cells[columns.indexOf(code)] ?? '')
  }
}

addTable('ntrex-4lang/en-es-zh-vi.tsv', 0.5)
addTable('tico19-parallel/en-es-zh.tsv', 1)
for (const code of codes) texts[code].push(...lines(`xquad-4lang/corpus.${code}.jsonl`).map((line) => (JSON.parse(line) as { text: string }).text))
const running = [...texts.en, ...texts.es]
const runningVietnamese = [...texts.vi]
// The labels of the vocabulary are what short titles are made of; half of them show what detection is worth.
for (const { concept, language, text } of seededLabels()) if (language !== 'zh' && !isKeptApart(concept)) texts[language].push(text)

const words = (text: string) =>
  text
    .normalize('NFC')
    .toLowerCase()
    .match(/\p{L}+/gu) ?? []

function* groupsOf(word: string): Generator<string> {
  const folded = `_${fold(word)}_`
  for (let at = 0; at + 3 <= folded.length; at++) yield folded.slice(at, at + 3)
}

function* marksOf(word: string): Generator<string> {
  for (const letter of word) if (letter > '\x7f' && /\p{Script=Latin}/u.test(letter)) yield letter
}

/** Of every feature how often it comes in each language, each language making up a million. */
function frequencies(features: (word: string) => Iterable<string>): Map<string, Record<Code, number>> {
  const found = new Map<string, Record<Code, number>>()
  for (const code of codes) {
    const counts = new Map<string, number>()
    let all = 0
    for (const text of texts[code])
      for (const word of words(text))
        for (const feature of features(word)) {
          counts.set(feature, (counts.get(feature) ?? 0) + 1)
          all++
        }
    for (const [feature, count] of counts) {
      const line = found.get(feature) ?? { en: 0, es: 0, vi: 0 }
      line[code] = (count / all) * 1e6
      found.set(feature, line)
    }
  }
  return found
}

/** The features that tell the languages apart most, as written in the table. @param smooth how often, in a million, what never came is taken to come */
function write(found: Map<string, Record<Code, number>>, most: number, smooth: number): string {
  const lines = [...found].map(([feature, frequency]) => {
    const bits = codes.map((code) => Math.log2(frequency[code] + smooth))
    const mean = bits.reduce((sum, each) => sum + each, 0) / bits.length
    const scores = bits.map((each) => Math.max(-8, Math.min(7.75, each - mean)))
    const worth = codes.reduce((sum, code, at) => sum + frequency[code] * Math.abs(scores[at] ?? 0), 0)
    return { written: feature + scores.map((score) => alphabet[Math.round(score * 4) + 32]).join(''), worth }
  })
  return lines
    .sort((a, b) => b.worth - a.worth)
    .slice(0, most)
    .map(({ written }) => written)
    .sort()
    .join('')
}

const groups = write(frequencies(groupsOf), mostGroups, 8)
const marks = write(frequencies(marksOf), 90, 30)
const wrapped = (text: string) => (text.match(/.{1,150}/gu) ?? []).map((line) => `  '${line}'`).join(' +\n')
writeFileSync(
  join(root, 'src/platform/text/analysis/letter-groups.ts'),
  `// Made by scripts/language-tables.ts. Groups of three folded letters ("_" is an end of a word), and letters outside of ASCII; after each what it says for English,
// Spanish and Vietnamese, as letters.ts reads it.
export const groups =
${wrapped(groups)}

export const marks =
${wrapped(marks)}
`,
)

/** Words of two to four letters that English and Spanish texts have in small letters, folded: with them abbreviations are mistaken. */
function commonWords(): string {
  const counts = new Map<string, { small: number; capital: number }>()
  for (const text of running)
    for (const word of text.normalize('NFC').match(/(?<!\p{L})\p{L}{2,4}(?!\p{L})/gu) ?? []) {
      const line = counts.get(fold(word)) ?? { small: 0, capital: 0 }
      if (word === word.toLowerCase()) line.small++
      else if (word === word.toUpperCase()) line.capital++
      counts.set(fold(word), line)
    }
  return [...counts]
    .filter(([word, { small, capital }]) => /^[a-z]+$/.test(word) && small > 1 && small > capital)
    .map(([word]) => word)
    .sort()
    .join(' ')
}

/** Vietnamese syllables that three parts of the running texts have at least. */
function commonSyllables(): string {
  const parts = new Map<string, Set<number>>()
  runningVietnamese.forEach((text, at) => {
    const part = text.length > 400 ? at : Math.floor(at / 10)
    for (const word of words(text)) if (word.length > 1) parts.set(word, (parts.get(word) ?? new Set()).add(part))
  })
  return [...parts]
    .filter(([word, { size }]) => size > 2 && word.length < 8 && !things.has(word))
    .map(([word]) => word)
    .sort()
    .join(' ')
}

writeFileSync(
  join(root, 'src/platform/text/analysis/common-words.ts'),
  `// Made by scripts/language-tables.ts; the words after the first text are what it did not meet.
const found =
${wrapped(commonWords())}

const syllables =
${wrapped(commonSyllables())}

const added = 'aids mas car mar sal pie red pan fin ley cap bag bid cab cot dip fat gap hip jam lab leg lip mat nut pad pat pet pit rat sac sit tab tag tan tap vat wet acts arms caps cart cast clap dose fast fits mask maps pups reds risk scar sole team tear tips trap vast vial'

/** Short words of English and Spanish, folded, with which abbreviations written small are mistaken. */
export const commonWords: ReadonlySet<string> = new Set(\`\${found} \${added}\`.split(' '))

/** Vietnamese syllables that running texts have everywhere as parts of words: alone they are seldom the thing that a thesaurus calls so. */
export const commonSyllables: ReadonlySet<string> = new Set(syllables.split(' '))
`,
)
