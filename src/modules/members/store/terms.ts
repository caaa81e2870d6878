import { sql } from 'kysely'
import type { Scope, WriteScope } from '../../../platform/db/database.ts'
import type { Language } from '../../../platform/i18n/languages.ts'
import { newId } from '../../../platform/id.ts'
import { directorySpace } from './networks.ts'
import { ownSpaceOf } from './persons.ts'

export type TermsTexts = Record<Language, string>
export type TermsListed = { id: string; version: number; publishedAt: Date }
export type Terms = TermsListed & { texts: TermsTexts }
export type Accepted = { version: number; acceptedAt: Date }

const listed = sql`id, version, published_at as "publishedAt"`

/** The terms of one version, or those that hold. */
export async function readTerms(db: Scope, version?: number): Promise<Terms | undefined> {
  const { rows } = await sql<Terms>`select ${listed}, texts from members.terms where ${version ?? null}::int is null or version = ${version ?? null}::int
    order by version desc limit 1`.execute(db)
  return rows[0]
}

/** All versions without their texts, the newest first. */
export async function listTerms(db: Scope): Promise<TermsListed[]> {
  const { rows } = await sql<TermsListed>`select ${listed} from members.terms order by version desc limit 200`.execute(db)
  return rows
}

/** Adds the next version. @returns its number; `undefined` when somebody else published at the same moment */
export async function insertTerms(db: WriteScope, id: string, texts: TermsTexts): Promise<number | undefined> {
  const { rows } = await sql<{ version: number }>`insert into members.terms (id, space_id, version, texts)
    select ${id}, ${directorySpace}, coalesce(max(version), 0) + 1, ${JSON.stringify(texts)}::jsonb from members.terms
    on conflict (version) do nothing returning version`.execute(db)
  return rows[0]?.version
}

/** Whether there are terms that a person has not accepted in the version that holds. */
export async function owesAcceptance(db: Scope, personId: string): Promise<boolean> {
  const { rows } = await sql<{ owes: boolean }>`select exists (select from members.terms t where t.version = (select max(version) from members.terms)
    and not exists (select from members.acceptance a where a.terms_id = t.id and a.person_id = ${personId})) as owes`.execute(db)
  return rows[0]?.owes === true
}

/** Notes that a person accepts a version. @returns `false` when they have already */
export async function insertAcceptance(db: WriteScope, personId: string, termsId: string, language: Language): Promise<boolean> {
  const { numAffectedRows } = await sql`insert into members.acceptance (id, space_id, person_id, terms_id, language)
    values (${newId()}, ${await ownSpaceOf(db, personId)}, ${personId}, ${termsId}, ${language}) on conflict (person_id, terms_id) do nothing`.execute(db)
  return Number(numAffectedRows ?? 0) === 1
}

/** What a person accepted last. */
export async function lastAccepted(db: Scope, personId: string): Promise<Accepted | undefined> {
  const { rows } = await sql<Accepted>`select t.version, a.accepted_at as "acceptedAt" from members.acceptance a join members.terms t on t.id = a.terms_id
    where a.person_id = ${personId} order by t.version desc limit 1`.execute(db)
  return rows[0]
}
