import { sql } from 'kysely'
import type { Scope, WriteScope } from '../db/database.ts'
import type { LanguageText } from '../i18n/languages.ts'
import { conceptsNow } from './concepts.ts'
import { nearWords, readMended } from './near.ts'
import { readQuestion, type Question } from './question.ts'
import type { Frequency, SavedQuestion } from './saved.ts'
import { filterQuery, type SearchDocument } from './search.ts'

/** A thing that was published, as far as a list of news shows it. `isLate`: less than a day ago, so that something else may still come in before it. */
export type Published = {
  objectId: string
  kind: string
  path: string
  title: SearchDocument['title']
  detail: LanguageText
  publishedAt: Date
  isLate: boolean
}
export type News = { moment: string; rows: Published[] }

/**
 * What the actor of the transaction may see of what has all words of a question, or their concepts, the newest first.
 *
 * @param since ISO 8601; only what was published after it, all if not given
 * @returns `moment`: that of the transaction, to ask from the next time
 */
export async function publishedFor(db: Scope, { words, kind, facets }: SavedQuestion, since: string | undefined, most: number): Promise<News> {
  const question = await questionNow(db, words, facets)
  const filter = filterQuery(kind === null ? [] : [kind], facets)
  const { rows } = await sql<{ moment: string } & (Published | { objectId: null })>`
    select now()::text as moment, r.object_id as "objectId", r.kind, r.path, r.title, r.detail, r.published_at as "publishedAt", r.published_at > now() - interval '1 day' as "isLate"
    from (select) one left join (app.published(${question?.words ?? ''}::tsquery, ${filter}::tsquery, coalesce(${since ?? null}::timestamptz, '-infinity'), ${question === undefined ? 0 : most}) p
      join app.search_row r using (object_id)) on true
    order by r.published_at desc, r.object_id desc`.execute(db)
  return { moment: rows[0]?.moment ?? '', rows: rows.flatMap(({ moment: _, ...row }) => (row.objectId === null ? [] : [row])) }
}

/** What is asked; when nothing has the words as they were typed, in the spelling of names one slip away, as whoever searches is answered. */
async function questionNow(db: Scope, words: string, facets: readonly string[]): Promise<Question | undefined> {
  const concepts = await conceptsNow(db)
  const question = readQuestion(words, concepts)
  const near = question === undefined ? new Map<string, string[]>() : await nearWords(db, words)
  if (question === undefined || near.size === 0) return question
  const { rows } = await sql`select from app.published(${question.words}::tsquery, ${filterQuery([], facets)}::tsquery, '-infinity', 1)`.execute(db)
  return rows.length > 0 ? question : readMended(words, concepts, near)
}

/** A search whose turn has come. `since`: from when it is asked; `isOld`: the last look that was noted is more than a day ago. */
export type Due = SavedQuestion & {
  id: string
  space: string
  person: string
  name: string
  often: Frequency
  turn: number
  since: string
  told: string[]
  isOld: boolean
}

const due = sql`s.id, s.space_id as space, s.person_id as person, s.name, s.words, s.kind, s.facets, s.often, s.turn, s.told,
  greatest(s.since_at, s.looked_at - interval '1 day')::text as since, s.looked_at < now() - interval '1 day' as "isOld"`

/** The search with a turn, if that is waited for. */
export async function readDue(db: Scope, id: string, turn: number): Promise<Due | undefined> {
  const { rows } =
    await sql<Due>`select ${due} from app.saved_search s where s.id = ${id} and s.turn = ${turn} and s.ended_at is null and s.often <> 'never'`.execute(db)
  return rows[0]
}

/** Begins the next turn of those among some searches of which somebody wants to know at once. */
export async function turnAtOnce(db: WriteScope, searches: readonly string[]): Promise<{ id: string; turn: number }[]> {
  const { rows } = await sql<{ id: string; turn: number }>`
    update app.saved_search set turn = turn + 1 where id = any (${[...searches]}::uuid[]) and often = 'at-once' and ended_at is null returning id, turn`.execute(
    db,
  )
  return rows
}

/**
 * Notes a look, and begins the next turn.
 *
 * @param look.moment until when it reached, nothing if it found nothing that has to be noted
 * @returns the next turn; `undefined` when this one is not waited for any more
 */
export async function noteLook(
  db: WriteScope,
  { id, turn }: Pick<Due, 'id' | 'turn'>,
  look: { moment: string; told: string[] } | undefined,
): Promise<number | undefined> {
  const { rows } = await sql<{
    turn: number
  }>`update app.saved_search set turn = turn + 1, looked_at = coalesce(${look?.moment ?? null}::timestamptz, looked_at),
      told = coalesce(${look?.told ?? null}::uuid[], told)
    where id = ${id} and turn = ${turn} and ended_at is null returning turn`.execute(db)
  return rows[0]?.turn
}
