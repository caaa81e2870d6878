import MiniSearch from 'minisearch'
import { languages, type Language } from '../../src/platform/i18n/languages.ts'
import { indexTexts, openScratch, searchTexts } from '../fixtures/retrieval.ts'
import { hasTexts, judgedQuestions, pandemicSentences, type JudgedText } from '../fixtures/texts.ts'
import type { Benchmark } from '../support/benchmark.ts'
import { postgresSettings } from '../support/puente.ts'
import { markdownTable, percent } from '../support/table.ts'

type Question = JudgedText & { answer: string }
type Set = { name: string; texts: Partial<Record<Language, JudgedText[]>>; questions: Partial<Record<Language, Question[]>> }
type Ask = (question: string) => Promise<string[]> | string[]
type Row = { set: string; from: Language; to: Language; questions: number; way: string; first: number; ten: number; milliseconds: number }

const most = 10

/** Whether what is asked in one language is found in another: by the search of Puente, and by words alone. */
export const retrieval: Benchmark = {
  name: 'retrieval',
  cases: ['retrieval-xquad', 'retrieval-tico'],
  run: async (chosen, { say }) => {
    if (!hasTexts()) {
      say('The texts are not there (../shared/standards/06-retrieval).')
      return { tables: [], rows: [], failures: 0 }
    }
    const sets = [...(chosen.includes('retrieval-xquad') ? [xquad()] : []), ...(chosen.includes('retrieval-tico') ? [tico()] : [])]
    const database = await openScratch(await postgresSettings('puente_retrieval'))
    const rows: Row[] = []
    for (const set of sets) {
      for (const to of languages) {
        const texts = set.texts[to]
        if (texts === undefined) continue
        say(`Indexing ${texts.length} texts, ${set.name} ${to} …`)
        await indexTexts(database, texts)
        const byWords = plain(texts)
        for (const from of languages) {
          const questions = set.questions[from]
          if (questions === undefined) continue
          const ways: Record<string, Ask> = { Puente: (question) => searchTexts(database, texts, question, most), BM25: byWords }
          for (const [way, ask] of Object.entries(ways)) rows.push({ set: set.name, from, to, way, ...(await measure(questions, ask)) })
        }
      }
    }
    await database.close()
    return { tables: [tableOf(rows)], rows, failures: 0 }
  },
}

/** Questions, each answered by one paragraph. */
function xquad(): Set {
  const read = Object.fromEntries(languages.map((language) => [language, judgedQuestions(language)])) as Record<Language, ReturnType<typeof judgedQuestions>>
  return {
    name: 'XQuAD',
    texts: Object.fromEntries(languages.map((language) => [language, read[language].paragraphs])),
    questions: Object.fromEntries(languages.map((language) => [language, read[language].questions])),
  }
}

/** Sentences, each to be found by its translation. */
function tico(): Set {
  const rows = pandemicSentences(837)
  const of = (language: Language) =>
    rows.flatMap((row, at) => (row[language] === undefined ? [] : [{ id: String(at), text: row[language], answer: String(at) }]))
  const known = Object.fromEntries(languages.map((language) => [language, of(language)]).filter(([, texts]) => (texts?.length ?? 0) > 0))
  return { name: 'TICO-19', texts: known, questions: known }
}

/** BM25 over words as they are written, of Han script over single characters: what the floors of the goal were measured with. */
function plain(texts: readonly JudgedText[]): Ask {
  const tokenize = (text: string) => text.toLowerCase().match(/\p{Script=Han}|[^\P{L}\p{Script=Han}]+|\p{N}+/gu) ?? []
  const index = new MiniSearch<JudgedText>({ fields: ['text'], tokenize, searchOptions: { tokenize, bm25: { k: 1.2, b: 0.75, d: 0 } } })
  index.addAll([...texts])
  return (question) =>
    index
      .search(question)
      .slice(0, most)
      .map(({ id }) => id as string)
}

async function measure(questions: readonly Question[], ask: Ask) {
  let [first, ten] = [0, 0]
  const began = performance.now()
  for (const { text, answer } of questions) {
    const found = await ask(text)
    if (found[0] === answer) first++
    if (found.includes(answer)) ten++
  }
  const milliseconds = (performance.now() - began) / questions.length
  return { questions: questions.length, first: first / questions.length, ten: ten / questions.length, milliseconds }
}

const tableOf = (rows: readonly Row[]) =>
  markdownTable(
    ['set', 'from', 'to', 'questions', 'Puente R@1', 'Puente R@10', 'BM25 R@1', 'BM25 R@10', 'Puente ms'],
    rows
      .filter(({ way }) => way === 'Puente')
      .map((row) => {
        const words = rows.find(({ set, from, to, way }) => way === 'BM25' && set === row.set && from === row.from && to === row.to)
        return [
          row.set,
          row.from,
          row.to,
          String(row.questions),
          percent(row.first),
          percent(row.ten),
          percent(words?.first ?? 0),
          percent(words?.ten ?? 0),
          row.milliseconds.toFixed(1),
        ]
      }),
    3,
  )
