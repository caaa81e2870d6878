import { sql } from 'kysely'
import type { Scope, WriteScope } from '../../../platform/db/database.ts'
import { keyset, pageOf, type Keyed, type Page } from '../../../platform/db/keyset.ts'
import type { Language } from '../../../platform/i18n/languages.ts'
import { deskSpace } from '../../../platform/spaces.ts'
import type { Closure, ReportFilter, ReportInput, ReportOutcome, ReportReason } from '../schema.ts'

export type Report = {
  id: string
  about: string
  reason: ReportReason
  claim: string
  contact: string | null
  language: Language
  sentAt: Date
  outcome: ReportOutcome | null
  note: string | null
  closedAt: Date | null
  version: number
}

const pageSize = 50
const columns = sql`id, about, reason, claim, contact, language, sent_at as "sentAt", outcome, note, closed_at as "closedAt", version`

/** The reports that wait for somebody, for who counts them. */
export const openReports = sql`select from members.report where closed_at is null`

export async function insertReport(db: WriteScope, { id, about, reason, claim, contact }: ReportInput, language: Language): Promise<void> {
  await sql`insert into members.report (id, space_id, about, reason, claim, contact, language)
    values (${id}, ${deskSpace}, ${about}, ${reason}, ${claim}, ${contact ?? null}, ${language})`.execute(db)
}

/** Reports, what is open first, the newest first. */
export async function listReports(db: Scope, { state, reason, cursor }: ReportFilter): Promise<Page<Report>> {
  const parts = keyset({ key: sql`turn`, cast: 'timestamp', id: sql`id`, descending: true }, cursor, pageSize)
  const conditions = [
    parts.where,
    ...(state === undefined ? [] : [sql`closed_at is ${state === 'open' ? sql`null` : sql`not null`}`]),
    ...(reason === undefined ? [] : [sql`reason = ${reason}`]),
  ]
  const { rows } = await sql<Keyed<Report>>`select ${columns}, ${parts.select} from members.report
    where ${sql.join(conditions, sql` and `)} order by ${parts.orderBy} limit ${parts.limit}`.execute(db)
  return pageOf(parts, rows)
}

/** A report, as far as the actor may read it. @param lock keeps others from changing it until the transaction ends */
export async function readReport(db: Scope, id: string, lock: 'lock' | 'look' = 'look'): Promise<Report | undefined> {
  const { rows } = await sql<Report>`select ${columns} from members.report where id = ${id} ${lock === 'lock' ? sql`for update` : sql``}`.execute(db)
  return rows[0]
}

export async function endReport(db: WriteScope, id: string, { outcome, note }: Closure<ReportOutcome>): Promise<void> {
  await sql`update members.report set outcome = ${outcome}, note = ${note ?? null}, closed_at = now(), version = version + 1 where id = ${id}`.execute(db)
}
