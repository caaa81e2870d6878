import { sql } from 'kysely'
import type { Scope, WriteScope } from '../../../platform/db/database.ts'
import { readList, type List } from '../../../platform/db/lists.ts'
import type { LanguageText } from '../../../platform/i18n/languages.ts'
import { listedColumns, type Listed } from '../../exchange/index.ts'

/** A listing that the secretariat brings together with another one. */
export type Introduced = Listed & { introduction: string; note: string; madeAt: Date }

/** The listings that the secretariat introduced to one, the newest first; few, since people make them. */
export async function listIntroduced(db: Scope, listing: string): Promise<Introduced[]> {
  const { rows } = await sql<Introduced>`
    select ${listedColumns}, i.id as introduction, i.note, i.made_at as "madeAt"
    from (select i.id, i.note, i.made_at, i.other_id as met from matching.introduction i where i.listing_id = ${listing} and i.ended_at is null
      union all select i.id, i.note, i.made_at, i.listing_id from matching.introduction i where i.other_id = ${listing} and i.ended_at is null) i
    join exchange.listing l on l.id = i.met and l.state in ('published', 'matched') left join members.organization o on o.id = l.organization_id
    order by i.made_at desc, i.id desc limit 20`.execute(db)
  return rows
}

type Ref = { id: string; number: string | null; title: LanguageText; original: string }
export type Introduction = { id: string; note: string; madeAt: Date; endedAt: Date | null; desk: string; listing: Ref | null; other: Ref | null }

const ref = (alias: string) =>
  sql.raw(
    `(select jsonb_build_object('id', l.id, 'number', l.number, 'title', l.title, 'original', l.original) from exchange.listing l where l.id = i.${alias})`,
  )

/** What the actor's desks introduced, the newest first. */
export const listIntroductions = (db: Scope, cursor: string | undefined): Promise<List<Introduction>> =>
  readList<Introduction>(db, {
    columns: sql`i.id, i.note, i.made_at as "madeAt", i.ended_at as "endedAt", i.space_id as desk, ${ref('listing_id')} as listing, ${ref('other_id')} as other`,
    table: 'matching.introduction',
    alias: 'i',
    joins: sql``,
    sets: {},
    conditions: [sql`i.space_id = any ((select app.spaces('write'))::uuid[])`],
    order: { key: sql`i.made_at`, cast: 'timestamptz', id: sql`i.id`, descending: true },
    cursor,
  })

/** Whether two listings may be brought together from a desk. */
export async function mayBeIntroduced(db: Scope, desk: string, listing: string, other: string): Promise<boolean> {
  const { rows } = await sql<{ may: boolean }>`select matching.may_introduce(${desk}, ${listing}, ${other}) as may`.execute(db)
  return rows[0]?.may === true
}

/** Brings two listings together. @returns `false` when they are already, or this was sent before */
export async function insertIntroduction(db: WriteScope, row: { id: string; listing: string; other: string; desk: string; note: string }): Promise<boolean> {
  const { rows } =
    await sql`insert into matching.introduction (id, listing_id, other_id, space_id, note) values (${row.id}, ${row.listing}, ${row.other}, ${row.desk}, ${row.note})
    on conflict do nothing returning id`.execute(db)
  return rows.length > 0
}

/** Whether there is an introduction of this id. */
export async function isIntroduction(db: Scope, id: string): Promise<boolean> {
  const { rows } = await sql`select from matching.introduction where id = ${id}`.execute(db)
  return rows.length > 0
}

/** Withdraws an introduction. @returns its desk and what it was about; `undefined` when it is not there or has been withdrawn */
export async function endIntroduction(db: WriteScope, id: string): Promise<{ desk: string; listing: string; other: string } | undefined> {
  const { rows } = await sql<{
    desk: string
    listing: string
    other: string
  }>`update matching.introduction set ended_at = now() where id = ${id} and ended_at is null
    returning space_id as desk, listing_id as listing, other_id as other`.execute(db)
  return rows[0]
}

/** For a listing that is introduced: its people, and what they are told. */
export type IntroductionLetter = {
  listing: string
  title: LanguageText
  original: string
  met: LanguageText
  met_original: string
  note: string
  people: string[]
}

/** What the people of each side of an introduction are told, if it holds and both may still meet; of a listing that no member has, nobody. */
export async function introductionLetters(db: WriteScope, introduction: string): Promise<IntroductionLetter[]> {
  const { rows } = await sql<IntroductionLetter>`select * from matching.introduction_letter(${introduction})`.execute(db)
  return rows
}
