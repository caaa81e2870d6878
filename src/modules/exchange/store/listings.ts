import { sql } from 'kysely'
import type { Scope, WriteScope } from '../../../platform/db/database.ts'
import type { Language, LanguageText } from '../../../platform/i18n/languages.ts'
import type { readDirectory } from '../../members/index.ts'
import type { CooperationForm, Direction, IpState, ListingState, Stage } from '../schema/terms.ts'

export type Organization = NonNullable<Awaited<ReturnType<typeof readDirectory.readOrganization>>>
type Pillar = keyof Organization['strengths']
export type MemberRef = Pick<Organization, 'id' | 'key' | 'name' | 'original'>

/** What a listing says, for whoever may read it. */
export type Content = {
  direction: Direction
  pillar: Pillar
  original: Language
  title: LanguageText
  body: LanguageText
  sought: LanguageText
  stage: Stage | null
  ip: IpState | null
  forms: CooperationForm[]
  partnerKinds: Organization['kind'][]
  authorizations: string[]
  countriesWanted: string[]
  countriesExcluded: string[]
  amount: string | number | null
  unit: string | null
  timing: string | null
  validUntil: string | null
}

export type Listing = Content & {
  id: string
  number: string | null
  country: string
  state: ListingState
  origin: 'member' | 'record'
  reason: string | null
  version: number
  changedAt: Date
  publishedAt: Date | null
  /** Its audience is everybody; else the network. */
  isPublic: boolean
  space: string
  people: string | null
  keeper: string | null
  desk: string | null
  network: string | null
  organization: MemberRef | null
  /** The entry of the record that it is about, of what is derived from sources. */
  entry: { key: string; name: LanguageText & { original?: string } } | null
  sources: string[]
  /** Keys of the concepts that its organization confirmed. */
  concepts: string[]
  /** From whom it is hidden, as far as that may be read. */
  hiddenFrom: MemberRef[]
  confidential: { space: string; language: Language; text: string; version: number } | null
}

/** What everybody may read of members; made with these. */
export const everybodySpace = '00000000-0000-7000-8000-000000000004'
export const recordSpace = '00000000-0000-7000-8000-000000000001'

export const memberRef = (alias: string) =>
  sql.raw(`jsonb_build_object('id', ${alias}.id, 'key', ${alias}.key, 'name', ${alias}.name, 'original', ${alias}.original)`)

/** A listing with all that its page shows, in one query. */
export async function readListing(db: Scope, id: string): Promise<Listing | undefined> {
  const { rows } = await sql<Listing>`
    select l.id, l.number, l.country, l.state, l.origin, l.reason, l.version, l.changed_at as "changedAt", l.published_at as "publishedAt",
      l.space_id in (${everybodySpace}, ${recordSpace}) as "isPublic", l.space_id as space, l.people_id as people, l.keeper_id as keeper, l.desk_id as desk, l.network_id as network,
      l.direction, l.pillar, l.original, l.title, l.body, l.sought, l.stage, l.ip, l.forms, l.partner_kinds as "partnerKinds", l.authorizations,
      l.countries_wanted as "countriesWanted", l.countries_excluded as "countriesExcluded", l.amount::float8 as amount, l.unit, l.timing, l.valid_until::text as "validUntil", l.sources,
      (select ${memberRef('o')} from members.organization o where o.id = l.organization_id) as organization,
      case when l.entry_key is not null then jsonb_build_object('key', l.entry_key, 'name', l.entry_name) end as entry,
      array(select c.concept_key from exchange.listing_concept c where c.listing_id = l.id and c.reach = 'own' and c.ended_at is null order by c.concept_key) as concepts,
      (select coalesce(jsonb_agg(${memberRef('o')} order by o.name_sort, o.id), '[]') from exchange.hiding h join members.organization o on o.id = any (h.organizations) where h.listing_id = l.id) as "hiddenFrom",
      (select jsonb_build_object('space', c.space_id, 'language', c.language, 'text', c.text, 'version', c.version) from exchange.confidential c where c.listing_id = l.id) as confidential
    from exchange.listing l where l.id = ${id}`.execute(db)
  return rows[0]
}

/** Waits until nobody else is writing this listing. */
export async function lockListing(db: WriteScope, id: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`listing ${id}`}, 0))`.execute(db)
}

type Start = Pick<Content, 'direction' | 'pillar' | 'original' | 'title'> & { id: string }

/** Begins a listing. */
export async function insertListing(db: WriteScope, organization: Organization, { id, direction, pillar, original, title }: Start): Promise<void> {
  await sql`insert into exchange.listing (id, space_id, keeper_id, people_id, desk_id, network_id, organization_id, direction, pillar, country, original, title)
    values (${id}, ${everybodySpace}, ${organization.keeper}, ${organization.people}, ${organization.desk}, ${organization.network}, ${organization.id}, ${direction}, ${pillar},
      ${organization.country}, ${original}, ${JSON.stringify(title)}::jsonb)`.execute(db)
  await sql`insert into exchange.hiding (listing_id, space_id, keeper_id) values (${id}, ${organization.people}, ${organization.keeper})`.execute(db)
}

/** Writes what a listing says; one that was sent back is a draft again. @returns `false` when it is not as it was when it was read */
export async function writeContent(
  db: WriteScope,
  { id, network }: Pick<Listing, 'id' | 'network'>,
  version: number,
  content: Content & { isPublic: boolean },
): Promise<boolean> {
  const { rows } = await sql`
    update exchange.listing set direction = ${content.direction}, pillar = ${content.pillar}, original = ${content.original}, title = ${JSON.stringify(content.title)}::jsonb,
      body = ${JSON.stringify(content.body)}::jsonb, sought = ${JSON.stringify(content.sought)}::jsonb, stage = ${content.stage}, ip = ${content.ip}, forms = ${content.forms},
      partner_kinds = ${content.partnerKinds}, authorizations = ${content.authorizations}, countries_wanted = ${content.countriesWanted}, countries_excluded = ${content.countriesExcluded},
      amount = ${content.amount}, unit = ${content.unit}, timing = ${content.timing}, valid_until = ${content.validUntil},
      space_id = case when ${content.isPublic} then ${everybodySpace}::uuid else (select n.circle_id from members.network n where n.id = ${network}) end,
      state = 'draft', changed_at = now(), version = version + 1
    where id = ${id} and version = ${version} and state in ('draft', 'returned') returning id`.execute(db)
  return rows.length > 0
}

/** Writes from whom a listing is hidden. */
export async function writeHiding(db: WriteScope, listing: string, organizations: readonly string[]): Promise<void> {
  await sql`update exchange.hiding set organizations = ${[...organizations]}::uuid[], version = version + 1 where listing_id = ${listing}`.execute(db)
}

/** Moves a listing on, with a number when it first leaves its organization. @returns `false` when it is not as it was when it was read */
export async function writeState(
  db: WriteScope,
  { id, version, number, direction }: Pick<Listing, 'id' | 'version' | 'number' | 'direction'>,
  to: ListingState,
  { reason, until }: { reason?: string | undefined; until?: string | undefined } = {},
): Promise<boolean> {
  const { rows } = await sql`
    update exchange.listing set state = ${to}, reason = ${reason ?? null}, version = version + 1, changed_at = now(), valid_until = coalesce(${until ?? null}::date, valid_until)
      ${to === 'desk-review' ? sql`, sent_at = now() ${number === null ? sql`, number = exchange.next_number(${direction})` : sql``}` : sql``}
      ${to === 'published' && until === undefined ? sql`, published_at = now()` : sql``}
      ${to === 'published' ? sql`, ended_at = null` : to === 'closed' || to === 'withdrawn' ? sql`, ended_at = now()` : sql``}
    where id = ${id} and version = ${version} returning id`.execute(db)
  return rows.length > 0
}

/** Members by their keys, for who is hidden from and who gave an undertaking; those that are not there are left out. */
export async function membersByKeys(db: Scope, keys: readonly string[]): Promise<{ id: string; key: string }[]> {
  const { rows } = await sql<{ id: string; key: string }>`select id, key from members.organization where key = any (${[...keys]}::text[])`.execute(db)
  return rows
}

/** Who writes listings for an organization, as far as the actor sees them: whom to tell what became of one. @param only its admins alone */
export async function writersOf(db: Scope, organization: string, only: 'admins' | 'all'): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`select distinct person_id as id from members.role where organization_id = ${organization}
    and role = any (${only === 'admins' ? ['admin'] : ['admin', 'editor']}::text[]) and valid_from <= now() and (valid_to is null or valid_to > now()) order by 1 limit 50`.execute(
    db,
  )
  return rows.map(({ id }) => id)
}

export type Due = {
  number: string
  title: LanguageText
  original: Language
  space: string
  desk: string
  organization: string
  validUntil: string
  ended: 'yes' | 'no'
  people: string[]
}

/** Ends a listing whose last day is over. @returns nothing when it is not published any more */
export async function comeDue(db: WriteScope, id: string): Promise<Due | undefined> {
  const { rows } =
    await sql<Due>`select number, title, original, space_id as space, desk_id as desk, organization_id as organization, valid_until::text as "validUntil", ended, people
    from exchange.come_due(${id})`.execute(db)
  return rows[0]
}
