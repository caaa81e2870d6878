import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { eld } from 'eld/small'
import MiniSearch from 'minisearch'
import { languages, type Language } from '../../src/platform/i18n/languages.ts'
import { analyse } from '../../src/platform/text/analysis/analyse.ts'
import { detectLanguage } from '../../src/platform/text/analysis/language.ts'
import { buildRecognizer, type Recognizer } from '../../src/platform/text/analysis/recognizer/recognizer.ts'
import { forgetWords } from '../../src/platform/text/analysis/words.ts'
import { agreement, annotatedIn, measures, newerConcepts, score, secondMarksIn, type Sentence } from '../fixtures/annotated.ts'
import { allTexts, hasTexts, isKeptApart, newsKeptApart, seededLabels } from '../fixtures/texts.ts'
import type { Benchmark } from '../support/benchmark.ts'
import { markdownTable, percent } from '../support/table.ts'

type Outcome = { table: string; rows: object[] }
type Vocabulary = { labels: number; concepts: Set<string>; recognizer: Recognizer; milliseconds: number; megabytes: number }

/** Hits below it are hints for matching and not shown; half of the certainty is as sure as not. */
const leastCertainty = 0.5

/** The analysis of texts: how fast, how large, how right. */
export const text: Benchmark = {
  name: 'text',
  cases: ['text-speed', 'text-memory', 'text-language', 'text-recognition'],
  run: (chosen, { seconds, say }) => {
    const outcomes: Outcome[] = []
    if (!hasTexts()) say('The texts are not there (../shared/standards/06-retrieval): without speed and languages.')
    const vocabulary = build()
    if (vocabulary.labels === 0) say('There is no thesaurus in seeds/vocabulary: without labels.')
    if (chosen.includes('text-speed') && hasTexts()) outcomes.push(speed(vocabulary.recognizer, seconds))
    if (chosen.includes('text-memory')) outcomes.push(memory(vocabulary))
    if (chosen.includes('text-language') && hasTexts()) outcomes.push(language())
    if (chosen.includes('text-recognition') && vocabulary.labels > 0) outcomes.push(recognition(vocabulary, say))
    return Promise.resolve({ tables: outcomes.map(({ table }) => table), rows: outcomes.flatMap(({ rows }) => rows), failures: 0 })
  },
}

setFlagsFromString('--expose-gc')
const collect = runInNewContext('gc') as () => void
const held = () => {
  collect()
  collect()
  const { heapUsed, arrayBuffers } = process.memoryUsage()
  return (heapUsed + arrayBuffers) / 1e6
}

function build(): Vocabulary {
  const labels = seededLabels()
  const before = held()
  const began = performance.now()
  const recognizer = buildRecognizer(labels)
  const milliseconds = performance.now() - began
  return { labels: labels.length, concepts: new Set(labels.map(({ concept }) => concept)), recognizer, milliseconds, megabytes: held() - before }
}

function speed(recognizer: Recognizer, seconds: number): Outcome {
  const texts = allTexts()
  const segmenters = Object.fromEntries(languages.map((each) => [each, new Intl.Segmenter(each, { granularity: 'word' })])) as Record<Language, Intl.Segmenter>
  const tokenize = MiniSearch.getDefault('tokenize') as (text: string) => string[]
  const ways: Record<string, (each: string, language: Language) => unknown> = {
    'with concepts': (each) => analyse(each, { recognizer }),
    'terms alone': (each) => analyse(each),
    'Intl.Segmenter': (each, language) =>
      [...segmenters[language].segment(each)].filter(({ isWordLike }) => isWordLike).map(({ segment }) => segment.toLowerCase()),
    MiniSearch: (each) => tokenize(each).map((term) => term.toLowerCase()),
  }
  const rows = languages.map((language) => ({
    case: 'text-speed',
    language,
    speeds: turns(texts[language], ways, (way, each) => way(each, language), seconds),
  }))
  const table = markdownTable(
    ['language', ...Object.keys(ways).map((way) => `${way}, MB/s`)],
    rows.map((row) => [row.language, ...Object.keys(ways).map((way) => (row.speeds[way] ?? Number.NaN).toFixed(1))]),
    1,
  )
  return { table, rows }
}

/** Megabytes of UTF-8 for each second that this thread has a core, so that what else the machine does counts little; in turns over all texts, the middle turn counts. */
function turns<Way>(texts: readonly string[], ways: Record<string, Way>, run: (way: Way, text: string) => unknown, seconds: number): Record<string, number> {
  const bytes = texts.reduce((sum, each) => sum + Buffer.byteLength(each), 0)
  const figures: Record<string, number[]> = {}
  const end = performance.now() + seconds * 1000
  for (let turn = -1; turn < 3 || performance.now() < end; turn++)
    for (const [name, way] of Object.entries(ways)) {
      const before = process.threadCpuUsage()
      for (const each of texts) run(way, each)
      const { user, system } = process.threadCpuUsage(before)
      if (turn >= 0) (figures[name] ??= []).push(bytes / (user + system))
    }
  return Object.fromEntries(Object.entries(figures).map(([name, all]) => [name, all.toSorted((a, b) => a - b)[Math.floor(all.length / 2)] ?? Number.NaN]))
}

function memory({ labels, recognizer, milliseconds, megabytes }: Vocabulary): Outcome {
  const before = held()
  forgetWords()
  const words = before - held()
  const row = { case: 'text-memory', labels, ...recognizer.size, milliseconds, megabytes, words }
  const cells = [labels, row.entries, row.nodes].map((figure) => figure.toLocaleString('en'))
  return {
    table: markdownTable(
      ['labels', 'ways of writing', 'nodes', 'built in, ms', 'memory, MB', 'of it words that may go, MB'],
      [[...cells, milliseconds.toFixed(0), megabytes.toFixed(0), words.toFixed(0)]],
      0,
    ),
    rows: [row],
  }
}

const cuts = { sentences: Number.POSITIVE_INFINITY, 'five words': 5, 'three words': 3 }

/** The first words of a sentence; of Chinese twice as many characters. */
const begin = (sentence: string, language: Language, words: number) =>
  words === Number.POSITIVE_INFINITY ? sentence : language === 'zh' ? sentence.slice(0, words * 2) : sentence.split(/\s+/).slice(0, words).join(' ')

/** Short texts of the trade: labels of three words or more, of Chinese of four characters, that no table was made from. */
const labelsKeptApart = () =>
  seededLabels()
    .filter(({ concept, language, text: label }) => isKeptApart(concept) && (language === 'zh' ? label.length > 3 : label.split(' ').length > 2))
    .map(({ language, text: label }) => ({ language, text: label }))

function language(): Outcome {
  eld.setLanguageSubset?.([...languages])
  const ways = { Puente: (each: string) => detectLanguage(each).language as string, eld: (each: string) => eld.detect(each).language }
  const news = newsKeptApart()
  const sets: Record<string, { language: Language; text: string }[]> = { labels: labelsKeptApart() }
  for (const [cut, words] of Object.entries(cuts))
    sets[cut] = news.flatMap((row) => languages.map((each) => ({ language: each, text: begin(row[each], each, words) })))
  const rows = Object.entries(sets).flatMap(([set, texts]) =>
    Object.entries(ways).map(([way, detect]) => {
      const right = languages.map((each) =>
        shareOf(
          texts.filter((one) => one.language === each),
          (one) => detect(one.text) === each,
        ),
      )
      return { case: 'text-language', set, way, texts: texts.length, right, mean: right.reduce((sum, share) => sum + share, 0) / right.length }
    }),
  )
  const cells = rows.map(({ set, way, texts, right, mean }) => [set, way, texts.toLocaleString('en'), ...right.map(percent), percent(mean)])
  return { table: markdownTable(['texts', 'by', 'number', ...languages, 'mean'], cells, 2), rows }
}

const shareOf = <One>(all: readonly One[], is: (one: One) => boolean) => all.filter(is).length / all.length

function recognition({ recognizer, concepts }: Vocabulary, say: (line: string) => void): Outcome {
  for (const each of languages)
    for (const { text: sentence, marks } of annotatedIn(each))
      for (const concept of marks.flatMap((mark) => mark.concepts)) if (!concepts.has(concept)) say(`Not in the thesaurus: ${concept}, in ${each}: ${sentence}`)
  const newer = newerConcepts()
  const rows = (['tune', 'report'] as const).flatMap((use) =>
    languages.map((each) => {
      const found = annotatedIn(each)
        .filter((sentence) => sentence.use === use)
        .map((sentence) => ({ sentence, hits: shown(recognizer, sentence) }))
      const isJudged = ({ concept }: { concept: string }) => use === 'tune' || !newer.has(concept)
      const scores = (exact: boolean) => measures(found.map(({ sentence, hits }) => score(sentence, hits.filter(isJudged), exact)))
      const unjudged = found.flatMap(({ hits }) => hits).filter((hit) => !isJudged(hit)).length
      return { case: 'text-recognition', use, language: each, sentences: found.length, exact: scores(true), touching: scores(false), unjudged }
    }),
  )
  const people = languages.map((each) => {
    const first = annotatedIn(each).filter(({ use }) => use === 'report')
    const second = secondMarksIn(each)
    const scores = (exact: boolean) => measures(first.map((sentence, at) => agreement(sentence, second[at] ?? sentence, exact)))
    return {
      case: 'text-recognition',
      use: 'second person',
      language: each,
      sentences: first.length,
      exact: scores(true),
      touching: scores(false),
      unjudged: 0,
    }
  })
  const table = markdownTable(
    ['sentences', 'language', 'number', 'precision', 'recall', 'F1', 'F1 where words touch', 'found and not judged'],
    [...rows, ...people].map((row) => [
      row.use,
      row.language,
      String(row.sentences),
      ...[row.exact.precision, row.exact.recall, row.exact.f1, row.touching.f1].map((figure) => figure.toFixed(3)),
      String(row.unjudged),
    ]),
    2,
  )
  return { table, rows: [...rows, ...people] }
}

const shown = (recognizer: Recognizer, sentence: Sentence) =>
  recognizer.recognise(sentence.text).filter(({ inner, certainty }) => !inner && certainty >= leastCertainty)
