import { sql } from 'kysely'
import type { Scope, WriteScope } from '../../../platform/db/database.ts'
import type { LanguageText } from '../../../platform/i18n/languages.ts'
import { newId } from '../../../platform/id.ts'
import type { Content } from './listings.ts'

/** A listing that is derived from sources. */
export type DerivedListing = Pick<Content, 'direction' | 'pillar' | 'original' | 'title' | 'body' | 'sought'> & {
  number: string
  country: string
  entry: { key: string; name: LanguageText & { original?: string } }
  sources: string[]
} & Partial<Pick<Content, 'stage' | 'forms' | 'countriesWanted' | 'countriesExcluded'>>

/** The derived listings that are there, each as one text to compare. */
export async function derivedNow(db: Scope): Promise<Map<string, { id: string; said: string; closed: boolean; taken: boolean }>> {
  const { rows } = await sql<DerivedListing & { id: string; state: string; taken: boolean }>`
    select id, state, taken_at is not null as taken, number, country, direction, pillar, original, title, body, sought, sources, jsonb_build_object('key', entry_key, 'name', entry_name) as entry
    from exchange.listing where origin = 'record'`.execute(db)
  return new Map(rows.map(({ id, state, taken, ...said }) => [said.number, { id, said: saidBy(said), closed: state === 'closed', taken }]))
}

/** All that a derived listing says, in one order. */
export const saidBy = ({ number, country, direction, pillar, original, title, body, sought, sources, entry }: DerivedListing): string =>
  JSON.stringify([
    number,
    country,
    direction,
    pillar,
    original,
    title[original],
    body[original],
    sought[original] ?? null,
    sources,
    entry.key,
    Object.entries(entry.name).toSorted(([a], [b]) => (a < b ? -1 : 1)),
  ])

const rowOf = ({ entry, countriesWanted, countriesExcluded, ...each }: DerivedListing) => ({
  ...each,
  entry_key: entry.key,
  entry_name: entry.name,
  forms: each.forms ?? [],
  countries_wanted: countriesWanted ?? [],
  countries_excluded: countriesExcluded ?? [],
})
const shape = sql`number text, country text, direction text, pillar text, original text, title jsonb, body jsonb, sought jsonb, sources text[], entry_key text, entry_name jsonb, stage text, forms text[], countries_wanted text[], countries_excluded text[]`

/** Adds derived listings. @returns their ids, in the same order */
export async function insertDerived(db: WriteScope, space: string, listings: readonly DerivedListing[]): Promise<string[]> {
  const rows = listings.map((each) => ({ id: newId(), ...rowOf(each) }))
  await sql`insert into exchange.listing (id, space_id, origin, entry_key, entry_name, sources, number, direction, pillar, country, state, original, title, body, sought, stage, forms, countries_wanted, countries_excluded, published_at)
    select id, ${space}, 'record', entry_key, entry_name, sources, number, direction, pillar, country, 'published', original, title, body, sought, stage, forms, countries_wanted, countries_excluded, now()
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r (id uuid, ${shape})`.execute(db)
  return rows.map(({ id }) => id)
}

/** Writes what derived listings say now. */
export async function updateDerived(db: WriteScope, listings: readonly (DerivedListing & { id: string })[]): Promise<void> {
  await sql`update exchange.listing l set entry_key = r.entry_key, entry_name = r.entry_name, sources = r.sources, direction = r.direction, pillar = r.pillar,
      country = r.country, state = 'published', original = r.original, title = r.title, body = r.body, sought = r.sought, changed_at = now(), version = l.version + 1, ended_at = null
    from jsonb_to_recordset(${JSON.stringify(listings.map((each) => ({ id: each.id, ...rowOf(each) })))}::jsonb) as r (id uuid, ${shape}) where l.id = r.id`.execute(
    db,
  )
}

/** Closes those that the file no longer has. */
export async function closeDerived(db: WriteScope, ids: readonly string[]): Promise<void> {
  await sql`update exchange.listing set state = 'closed', ended_at = now(), changed_at = now(), version = version + 1 where id = any (${[...ids]}::uuid[])`.execute(
    db,
  )
}
