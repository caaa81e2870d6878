import { join } from 'node:path'
import { z } from 'zod'
import { forms, directions } from '../modules/exchange/index.ts'
import { memberInputs } from '../modules/members/index.ts'
import { languages } from '../platform/i18n/languages.ts'
import { readCsv, type FileIssue } from '../platform/text/csv.ts'
import { readJsonRecords } from '../platform/text/json-records.ts'

const id = z.string().regex(/^[\w.:-]{1,100}$/)
const country = z.string().regex(/^[A-Z]{2}$/)

const judgedListing = z.object({
  id,
  org: z.string().min(1).max(300),
  country,
  direction: z.enum(directions),
  pillar: z.enum(memberInputs.pillars),
  language: z.enum(languages),
  title: z.string().min(1).max(1000),
  text: z.string().max(40_000),
  forms: z.array(z.enum(forms)).default([]),
  countries_wanted: z.array(country).default([]),
  countries_excluded: z.array(country).default([]),
  stage: z.string().max(200).nullish(),
})
export type JudgedListing = z.output<typeof judgedListing>

const grade = z.coerce.number().int().min(-1).max(3)
const judgement = z.object({ query_id: id, doc_id: id, grade })
const relevant = z
  .string()
  .regex(/^([^;:]+:-?\d(;[^;:]+:-?\d)*)?$/)
  .transform(
    (text) =>
      new Map(
        text === ''
          ? []
          : text.split(';').map((pair): [string, number] => [pair.slice(0, pair.lastIndexOf(':')), Number(pair.slice(pair.lastIndexOf(':') + 1))]),
      ),
  )
const typedQuery = z.object({ id, language: z.enum(languages), text: z.string().min(1).max(1000), relevant })
export type TypedQuery = z.output<typeof typedQuery>

/** Grades of documents by query: 3 would certainly be introduced, 2 clearly worth a look, 1 a weak fit, 0 does not fit, -1 must not be shown. */
export type Judgements = ReadonlyMap<string, ReadonlyMap<string, number>>

export type JudgedSet = { listings: JudgedListing[]; judgements: Judgements; queries: TypedQuery[]; issues: FileIssue[] }

const mostMegabytes = 512

/** Reads a judged set: `listings.jsonl`, `judgements.tsv`, and `queries.tsv` if it is there. All that is wrong comes back in `issues`. */
export async function readJudgedSet(folder: string): Promise<JudgedSet> {
  const issues: FileIssue[] = []
  const listings: JudgedListing[] = []
  for await (const each of readJsonRecords(join(folder, 'listings.jsonl'), judgedListing, mostMegabytes)) {
    if ('issue' in each) issues.push(each)
    else listings.push(each.value)
  }
  const judged = await readCsv(join(folder, 'judgements.tsv'), judgement, '\t')
  const typed = await readCsv(join(folder, 'queries.tsv'), typedQuery, '\t')
  const isAbsent = typed.issues.some(({ issue }) => issue.code === 'file_missing')
  const judgements = new Map<string, Map<string, number>>()
  for (const { value } of judged.rows)
    judgements.set(value.query_id, (judgements.get(value.query_id) ?? new Map<string, number>()).set(value.doc_id, value.grade))
  return { listings, judgements, queries: typed.rows.map(({ value }) => value), issues: [...issues, ...judged.issues, ...(isAbsent ? [] : typed.issues)] }
}
