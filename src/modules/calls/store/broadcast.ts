import { sql, type RawBuilder } from 'kysely'
import type { Scope, WriteScope } from '../../../platform/db/database.ts'
import type { Language, LanguageText } from '../../../platform/i18n/languages.ts'
import { offersAbout } from '../../exchange/index.ts'
import type { BroadcastInput } from '../schema/calls.ts'
import type { CallKind } from '../schema/terms.ts'
import type { Call } from './calls.ts'

/**
 * What members have that a call may need, as rows `organization_id, thing_id, number, title, original, concept_key`. Whatever module knows of such things adds its query.
 */
const having: readonly ((concepts: readonly string[]) => RawBuilder<unknown>)[] = [offersAbout]

/** An offer by which a member was found. */
export type Fit = { number: string; title: LanguageText; original: Language }

/** Members admitted to the network of the call for whom it is meant, each once, with why; whoever is behind it knows already. */
function meant({ network, organization, lines }: Pick<Call, 'network' | 'organization' | 'lines'>, { kinds, countries }: BroadcastInput) {
  const concepts = [...new Set(lines.flatMap((line) => line.concepts))]
  const all = sql.join(
    having.map((provider) => provider(concepts)),
    sql` union all `,
  )
  return sql`
    things as (select * from (${all}) a),
    fits as (
      select f.organization_id, (array_agg(jsonb_build_object('number', f.number, 'title', f.title, 'original', f.original) order by f.number))[1:3] as offers, array_agg(distinct k.key order by k.key) as concepts
      from (select t.organization_id, t.thing_id, t.number, t.title, t.original, array_agg(t.concept_key::text) as keys from things t group by 1, 2, 3, 4, 5) f cross join lateral unnest(f.keys) k (key)
      group by f.organization_id),
    meant as (
      select o.id, f.organization_id is not null as fits, coalesce(to_jsonb(f.offers), '[]') as offers, coalesce(f.concepts, '{}') as concepts
      from members.organization o join members.standing s on s.organization_id = o.id and s.network_id = ${network} and s.state = 'admitted' and s.until is null
        left join fits f on f.organization_id = o.id
      where o.id is distinct from ${organization?.id ?? null}::uuid and (f.organization_id is not null or o.kind = any (${kinds}::text[]) or o.country = any (${countries}::text[])))`
}

/** How many members a call would reach, and how far it has reached them. */
export type Reach = { fitting: number; chosen: number; told: number; fresh: number; mailed: number }

/** Counts whom a call would reach before it is sent, and how far what was sent has come: one query. */
export async function countReach(db: Scope, call: Call, typed: BroadcastInput): Promise<Reach> {
  const { rows } = await sql<Reach>`with ${meant(call, typed)}
    select (select count(*)::int from meant m where m.fits) as fitting, (select count(*)::int from meant m where not m.fits) as chosen,
      (select count(*)::int from meant m where not exists (select from calls.recipient r where r.call_id = ${call.id} and r.organization_id = m.id)) as fresh,
      (select count(*)::int from calls.recipient r where r.call_id = ${call.id}) as told,
      (select count(*)::int from calls.recipient r where r.call_id = ${call.id} and r.mailed_at is not null) as mailed`.execute(db)
  return rows[0] ?? { fitting: 0, chosen: 0, told: 0, fresh: 0, mailed: 0 }
}

/** Notes the members to whom a call is to be made known; who is noted already stays as they were. @returns how many are new */
export async function insertRecipients(db: WriteScope, call: Call, typed: BroadcastInput): Promise<number> {
  const { rows } = await sql`with ${meant(call, typed)}
    insert into calls.recipient (call_id, organization_id, desk_id, why, offers, concepts)
    select ${call.id}, m.id, ${call.desk}, case when m.fits then 'offer' else 'chosen' end, m.offers, m.concepts from meant m order by m.id on conflict do nothing returning organization_id`.execute(
    db,
  )
  return rows.length
}

export type Recipient = {
  organization: string
  name: LanguageText
  nameOriginal: Language
  number: string
  kind: CallKind
  title: LanguageText
  original: Language
  deadline: string
  why: 'offer' | 'chosen'
  offers: Fit[]
  concepts: string[]
  people: string[]
}
/** `reminder`: those who were written to, were not reminded, and have not pledged. */
export type Matter = 'call' | 'reminder'

/** The next members to write to, noted as written to. */
export async function nextRecipients(db: WriteScope, call: string, matter: Matter, most: number): Promise<Recipient[]> {
  const { rows } =
    await sql<Recipient>`select organization_id as organization, organization_name as name, organization_original as "nameOriginal", number, kind, title, original, deadline::text as deadline,
    why, offers, concepts, people from calls.next_recipients(${call}, ${matter}, ${most})`.execute(db)
  return rows
}

/** Whom to write to at a member. */
export async function editorsOf(db: Scope, organization: string): Promise<string[]> {
  const { rows } = await sql<{ people: string[] }>`select calls.editors_of(${organization}) as people`.execute(db)
  return rows[0]?.people ?? []
}

export type Due = {
  number: string
  title: LanguageText
  original: Language
  space: string
  desk: string
  network: string
  deadline: string
  ended: 'yes' | 'no'
}

/** Ends the time for pledges when the last day is over. @returns nothing when the call is not open any more */
export async function comeDue(db: WriteScope, call: string): Promise<Due | undefined> {
  const { rows } =
    await sql<Due>`select number, title, original, space_id as space, desk_id as desk, network_id as network, deadline::text as deadline, ended from calls.come_due(${call})`.execute(
      db,
    )
  return rows[0]
}
