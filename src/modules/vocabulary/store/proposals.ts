import { sql } from 'kysely'
import type { Scope, WriteScope } from '../../../platform/db/database.ts'
import { keyset, pageOf, type Keyed, type Page } from '../../../platform/db/keyset.ts'
import { pageSize } from '../../../platform/db/lists.ts'
import type { Language, LanguageText } from '../../../platform/i18n/languages.ts'
import type { ProposalState } from '../schema.ts'
import { namesOf } from './names.ts'
import { curationSpace } from './tables.ts'

type Ref = { id: string; key: string; names: LanguageText }

export type Proposal = {
  id: string
  space: string
  organization: { id: string; key: string; name: LanguageText; original: Language }
  personId: string
  concept: Ref | null
  broader: Ref | null
  result: Ref | null
  /** Labels to add, a cell for each language. */
  labels: LanguageText
  why: string
  language: Language
  state: ProposalState
  reason: string | null
  sentAt: Date
  decidedAt: Date | null
  version: number
}

const ref = (column: string) =>
  sql`(select jsonb_build_object('id', c.id, 'key', c.key, 'names', ${namesOf('c')}) from vocabulary.concept c where c.id = ${sql.raw(column)})`
const columns = sql`p.id, p.space_id as space, p.person_id as "personId", p.labels, p.why, p.language, p.state, p.reason, p.sent_at as "sentAt", p.decided_at as "decidedAt", p.version,
  (select jsonb_build_object('id', o.id, 'key', o.key, 'name', o.name, 'original', o.original) from members.organization o where o.id = p.organization_id) as organization,
  ${ref('p.concept_id')} as concept, ${ref('p.broader_id')} as broader, ${ref('p.result_id')} as result`

/** The proposals that wait for somebody, for who counts them. */
export const openProposals = sql`select from vocabulary.proposal where decided_at is null`

/** A page of the proposals, what is open first, the newest first. @param filter.person only those that this person made */
export async function pageOfProposals(
  db: Scope,
  { state, cursor, person }: { state?: 'open' | 'closed' | undefined; cursor?: string | undefined; person?: string },
): Promise<Page<Proposal>> {
  const place = keyset({ key: sql`p.turn`, cast: 'timestamp', id: sql`p.id`, descending: true }, cursor, pageSize)
  const isOpen = state === undefined ? sql`true` : sql`p.decided_at is ${state === 'open' ? sql`null` : sql`not null`}`
  const fits = person === undefined ? isOpen : sql`${isOpen} and p.person_id = ${person}`
  const { rows } = await sql<
    Keyed<Proposal>
  >`select ${columns}, ${place.select} from vocabulary.proposal p where ${fits} and ${place.where} order by ${place.orderBy} limit ${place.limit}`.execute(db)
  return pageOf(place, rows)
}

/** A proposal, as far as the actor may read it. @param lock keeps others from changing it until the transaction ends */
export async function readProposal(db: Scope, id: string, lock: 'lock' | 'look' = 'look'): Promise<Proposal | undefined> {
  const { rows } =
    await sql<Proposal>`select ${columns} from vocabulary.proposal p where p.id = ${id} ${lock === 'lock' ? sql`for update of p` : sql``}`.execute(db)
  return rows[0]
}

export type NewProposal = Pick<Proposal, 'id' | 'space' | 'personId' | 'labels' | 'why' | 'language'> & {
  organizationId: string
  conceptId: string | null
  broaderId: string | null
}

/** Lays a proposal on the desk. @returns `false` when it lies there already */
export async function insertProposal(
  db: WriteScope,
  { id, space, organizationId, personId, conceptId, broaderId, labels, why, language }: NewProposal,
): Promise<boolean> {
  const { rows } = await sql`insert into vocabulary.proposal (id, space_id, desk_id, organization_id, person_id, concept_id, broader_id, labels, why, language)
    values (${id}, ${space}, ${curationSpace}, ${organizationId}, ${personId}, ${conceptId}, ${broaderId}, ${JSON.stringify(labels)}::jsonb, ${why}, ${language})
    on conflict (id) do nothing returning id`.execute(db)
  return rows.length > 0
}

export async function endProposal(
  db: WriteScope,
  id: string,
  end: { state: Exclude<ProposalState, 'sent'>; reason: string | null; resultId: string | null },
): Promise<void> {
  await sql`update vocabulary.proposal set state = ${end.state}, reason = ${end.reason}, result_id = ${end.resultId}, decided_at = now(), version = version + 1 where id = ${id}`.execute(
    db,
  )
}
