import { sql } from 'kysely'
import type { Scope, WriteScope } from '../../../platform/db/database.ts'
import type { RawSheet } from '../sheets/read.ts'
import { everybodySpace, memberRef, type Content, type MemberRef, type Organization } from './listings.ts'

export type Sheet = { id: string; name: string; content: RawSheet; endedAt: Date | null; confirmedAt: Date | null; organization: MemberRef }

/** A workbook as it was read. */
export async function readSheet(db: Scope, id: string): Promise<Sheet | undefined> {
  const { rows } = await sql<Sheet>`select s.id, s.name, s.content, s.ended_at as "endedAt", s.confirmed_at as "confirmedAt", ${memberRef('o')} as organization
    from exchange.sheet s join members.organization o on o.id = s.organization_id where s.id = ${id}`.execute(db)
  return rows[0]
}

/** Waits until nobody else is reading in a workbook for this organization, or confirming one. */
export async function lockSheets(db: WriteScope, organization: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`sheets ${organization}`}, 0))`.execute(db)
}

/** Keeps a workbook as it was read, in the place of those that wait there. @returns `false` when it is there already */
export async function insertSheet(
  db: WriteScope,
  { id: organization, keeper, people }: Organization,
  sheet: Pick<Sheet, 'id' | 'name' | 'content'>,
): Promise<boolean> {
  await endSheets(db, organization, sheet.id)
  const { rows } = await sql`insert into exchange.sheet (id, space_id, keeper_id, organization_id, name, content)
    values (${sheet.id}, ${people}, ${keeper}, ${organization}, ${sheet.name}, ${JSON.stringify(sheet.content)}::jsonb) on conflict do nothing returning id`.execute(
    db,
  )
  return rows.length > 0
}

// What nobody will confirm any more is not kept.
const empty = sql`'{"columns": {}, "rows": []}'::jsonb`

async function endSheets(db: WriteScope, organization: string, except: string): Promise<void> {
  await sql`update exchange.sheet set content = ${empty}, ended_at = now() where organization_id = ${organization} and ended_at is null and id <> ${except}`.execute(
    db,
  )
}

/** Ends a workbook that was confirmed. */
export async function confirmSheet(db: WriteScope, id: string): Promise<void> {
  await sql`update exchange.sheet set content = ${empty}, confirmed_at = now(), ended_at = now() where id = ${id}`.execute(db)
}

export type Draft = { id: string; content: Content & { isPublic: boolean }; hidden: string[]; concepts: string[]; above: string[] }

/** Writes many drafts at once: as many statements for five hundred as for one. */
export async function insertDrafts(db: WriteScope, organization: Organization, drafts: readonly Draft[]): Promise<void> {
  const { id, keeper, people, desk, network, country } = organization
  const rows = drafts.map(({ id: listing, content }) => ({ id: listing, ...content }))
  await sql`insert into exchange.listing (id, space_id, keeper_id, people_id, desk_id, network_id, organization_id, country, direction, pillar, original, title, body, sought, stage, ip, forms, partner_kinds,
      authorizations, countries_wanted, countries_excluded, amount, unit, timing, valid_until)
    select r.id, case when r."isPublic" then ${everybodySpace}::uuid else (select n.circle_id from members.network n where n.id = ${network}) end, ${keeper}, ${people}, ${desk}, ${network}, ${id}, ${country},
      r.direction, r.pillar, r.original, r.title, r.body, r.sought, r.stage, r.ip, r.forms, r."partnerKinds", r.authorizations, r."countriesWanted", r."countriesExcluded", r.amount, r.unit, r.timing, r."validUntil"
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r (id uuid, "isPublic" boolean, direction text, pillar text, original text, title jsonb, body jsonb, sought jsonb, stage text, ip text, forms text[],
      "partnerKinds" text[], authorizations text[], "countriesWanted" text[], "countriesExcluded" text[], amount numeric, unit text, timing text, "validUntil" date)`.execute(
    db,
  )
  const hiding = drafts.map(({ id: listing, hidden }) => ({ listing, hidden }))
  await sql`insert into exchange.hiding (listing_id, space_id, keeper_id, organizations)
    select r.listing, ${people}, ${keeper}, r.hidden from jsonb_to_recordset(${JSON.stringify(hiding)}::jsonb) as r (listing uuid, hidden uuid[])`.execute(db)
  const concepts = drafts.flatMap(({ id: listing, concepts: own, above }) => [
    ...own.map((key) => ({ listing, key, reach: 'own' })),
    ...[...new Set(above)].filter((key) => !own.includes(key)).map((key) => ({ listing, key, reach: 'above' })),
  ])
  await sql`insert into exchange.listing_concept (listing_id, concept_key, reach)
    select r.listing, r.key, r.reach from jsonb_to_recordset(${JSON.stringify(concepts)}::jsonb) as r (listing uuid, key text, reach text)`.execute(db)
}

export type Exported = Content & { number: string | null; isPublic: boolean; concepts: string[]; hiddenFrom: string[] }

/** The listings of an organization with all that a workbook of them has, those begun last first. @param most one more is read, to know that there are more */
export async function listForSheet(db: Scope, organization: string, most: number): Promise<Exported[]> {
  const { rows } = await sql<Exported>`
    select l.number, l.space_id = ${everybodySpace} as "isPublic", l.direction, l.pillar, l.original, l.title, l.body, l.sought, l.stage, l.ip, l.forms, l.partner_kinds as "partnerKinds", l.authorizations,
      l.countries_wanted as "countriesWanted", l.countries_excluded as "countriesExcluded", l.amount::float8 as amount, l.unit, l.timing, l.valid_until::text as "validUntil",
      array(select c.concept_key from exchange.listing_concept c where c.listing_id = l.id and c.reach = 'own' and c.ended_at is null order by c.concept_key) as concepts,
      array(select o.key from exchange.hiding h join members.organization o on o.id = any (h.organizations) where h.listing_id = l.id order by o.key) as "hiddenFrom"
    from exchange.listing l where l.organization_id = ${organization} and l.state <> 'withdrawn' order by l.made_at desc, l.id desc limit ${most + 1}`.execute(
    db,
  )
  return rows
}
