import { sql } from 'kysely'
import type { Scope, WriteScope } from '../db/database.ts'
import { keyset, pageOf, type Keyed, type Page } from '../db/keyset.ts'
import { conceptsNow } from './concepts.ts'
import { gateOf } from './gate.ts'

/** How often somebody is told of what is published for a search that they keep. */
export const frequencies = ['at-once', 'daily', 'weekly', 'never'] as const
export type Frequency = (typeof frequencies)[number]

/** What is asked: words as typed, one kind, facets such as `country:CU`. */
export type SavedQuestion = { words: string; kind: string | null; facets: string[] }
export type SavedSearch = SavedQuestion & { id: string; name: string; often: Frequency; savedAt: Date; version: number }

/** Searches on one page of a list. */
const perPage = 20

const columns = sql`s.id, s.name, s.words, s.kind, s.facets, s.often, s.saved_at as "savedAt", s.version`

/** Keeps a search in the own space of a person. @returns whether it did; not when there is one of this id already */
export async function insertSaved(
  db: WriteScope,
  { id, space, person, name, words, kind, facets, often }: SavedQuestion & { id: string; space: string; person: string; name: string; often: Frequency },
): Promise<boolean> {
  const { gate, needs, readWith } = gateOf(words, await conceptsNow(db))
  const { numAffectedRows } = await sql`insert into app.saved_search (id, space_id, person_id, name, words, kind, facets, often, gate, needs, read_with)
    values (${id}, ${space}, ${person}, ${name}, ${words}, ${kind}, ${facets}::text[], ${often}, ${gate}::text[], ${needs}::text[], ${readWith}) on conflict (id) do nothing`.execute(
    db,
  )
  return Number(numAffectedRows ?? 0) === 1
}

/** How many a person keeps. */
export async function countSaved(db: Scope, person: string): Promise<number> {
  const { rows } = await sql<{ n: number }>`select count(*)::int as n from app.saved_search s where s.person_id = ${person} and s.ended_at is null`.execute(db)
  return rows[0]?.n ?? 0
}

/** A page of what a person keeps, the newest first. */
export async function listSaved(db: Scope, person: string, cursor: string | undefined): Promise<Page<SavedSearch>> {
  const place = keyset({ key: sql`s.saved_at`, cast: 'timestamptz', id: sql`s.id`, descending: true }, cursor, perPage)
  const { rows } = await sql<Keyed<SavedSearch>>`select ${columns}, ${place.select} from app.saved_search s
    where s.person_id = ${person} and s.ended_at is null and ${place.where} order by ${place.orderBy} limit ${place.limit}`.execute(db)
  return pageOf<SavedSearch>(place, rows)
}

/** One that the actor keeps. */
export async function readSaved(db: Scope, id: string): Promise<SavedSearch | undefined> {
  const { rows } = await sql<SavedSearch>`select ${columns} from app.saved_search s where s.id = ${id} and s.ended_at is null`.execute(db)
  return rows[0]
}

/**
 * Changes the name of a search, and how often its person is told. Whoever wanted to know nothing so far is told from now on.
 *
 * @returns the turn that is waited for from now on; `undefined` when somebody was quicker, or it is gone
 */
export async function changeSaved(
  db: WriteScope,
  id: string,
  { name, often, version }: { name: string; often: Frequency; version: number },
): Promise<number | undefined> {
  const { rows } = await sql<{ turn: number }>`update app.saved_search set name = ${name}, since_at = case when often = 'never' then now() else since_at end,
      often = ${often}, turn = turn + 1, version = version + 1
    where id = ${id} and ended_at is null and version = ${version} returning turn`.execute(db)
  return rows[0]?.turn
}

/** @returns whether there was something to end */
export async function endSaved(db: WriteScope, id: string): Promise<boolean> {
  const { numAffectedRows } = await sql`update app.saved_search set ended_at = now() where id = ${id} and ended_at is null`.execute(db)
  return Number(numAffectedRows ?? 0) === 1
}

/** Ends all that a person keeps. For the part of the system that closes accounts. */
export async function endSavedOf(db: WriteScope, person: string): Promise<void> {
  await sql`update app.saved_search set ended_at = now() where person_id = ${person} and ended_at is null`.execute(db)
}
