import { sql } from 'kysely'
import { refuse } from '../../../platform/errors.ts'
import type { Scope } from '../../../platform/db/database.ts'
import { keyset, pageOf, type Keyed, type Page } from '../../../platform/db/keyset.ts'
import type { LanguageText } from '../../../platform/i18n/languages.ts'
import type { EntryKind } from '../schema.ts'
import type { EntryRef, EntryTitle } from './catalogue.ts'
import type { CitationShown } from './entries.ts'
import { kept, orKept } from './merges.ts'

/** The entry of the log that tells of the act. */
export type Logged = { chain: string; number: string; verb: string; actor: string; at: string }

/** A statement that came on record or ended. */
export type Happening = {
  id: string
  what: 'added' | 'ended'
  /** When, to the microsecond: what happened in one act has the same. */
  at: string
  logged: Logged | null
  field: string
  value: string | LanguageText
  target: EntryRef | null
  place: { names: LanguageText } | null
  language: string | null
  qualifiers: Record<string, string | LanguageText>
  valid: string | null
  rank: string
  position: number
  citations: CitationShown[]
}
export type History = { title: EntryTitle; key: string; page: Page<Happening> }

const moment = (column: string) => sql.raw(`to_char(${column} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')`)

/**
 * What became of the statements of an entry, the newest act first.
 *
 * @throws Refusal `not_found`
 */
export async function readHistory(db: Scope, kind: EntryKind, key: string, cursor: string | undefined, size: number): Promise<History> {
  const own = await sql<{ id: string; key: string; title: EntryTitle }>`
    select entry_id as id, key, title from record.catalogue where entry_kind = ${kind} and key = ${key}
    union all select e.id, e.key, m.gone_title from record.entry e join record.merge m on m.gone_id = e.id and m.ended_at is null where e.kind = ${kind} and e.key = ${key} limit 1`.execute(
    db,
  )
  const entry = own.rows[0]
  if (!entry) throw refuse('not_found')
  const place = keyset({ key: sql`h.at`, cast: 'text', id: sql`h.id`, descending: true }, cursor, size)
  const result = await sql<Keyed<Happening>>`
    with happenings as (
      select t.id, 'added' as what, ${moment('t.recorded_at')} as at, t.recorded_at as moment from record.statement t
        where t.entry_id = ${entry.id} and t.ended_at is null
      union all
      select t.id, w.what, ${moment('w.moment')}, w.moment from record.statement t
        cross join lateral (values ('added', t.recorded_at), ('ended', t.ended_at)) w (what, moment)
        where t.entry_id = ${entry.id} and t.ended_at is not null),
      shown as materialized (select h.*, ${place.select} from happenings h where ${place.where} order by ${place.orderBy} limit ${place.limit}),
      acts as materialized (select a.moment, ${logged} as logged from (select distinct moment from shown) a)
    select h.id, h.what, h.at, h.cursor_key, h.cursor_id, acts.logged, t.field, t.value, t.language, t.qualifiers, t.valid, t.rank, t.position,
      case when r.entry_id is not null then jsonb_build_object('entry', r.entry_kind, 'key', r.key, 'title', r.title, 'acronym', r.acronym, 'country', r.country) end as target,
      case when p.id is not null then jsonb_build_object('names', p.names) end as place,
      (select coalesce(jsonb_agg(jsonb_build_object('source', s.key, 'stance', v.stance, 'locator', v.locator) order by v.stance desc, v.position), '[]')
        from record.citation v join record.source s on s.id = v.source_id where v.statement_id = t.id) as citations
    from shown h join acts on acts.moment = h.moment join record.statement t on t.id = h.id
    ${kept('m', 't.target_id')} left join record.catalogue r on r.entry_id = ${orKept('m', 't.target_id')} left join record.place p on t.field = 'place' and p.key = t.value #>> '{}'
    order by h.cursor_key ${place.backwards ? sql`` : sql`desc`}, h.cursor_id ${place.backwards ? sql`` : sql`desc`}`.execute(db)
  return { title: entry.title, key: entry.key, page: pageOf(place, result.rows) }
}

// An act writes its log entry last, so the entry is the first about the record after the moment at which its transaction began. Ids of entries begin with their time,
// by which the primary key leads there; a minute for clocks that differ.
const logged = sql`(select jsonb_build_object('chain', l.chain, 'number', l.number::text, 'verb', l.verb, 'actor', l.actor, 'at', ${moment('l.at')})
  from app.log_entry l where l.object_kind = 'record' and l.at >= a.moment
    and l.id >= (lpad(to_hex((extract(epoch from a.moment - interval '1 minute') * 1000)::bigint), 12, '0') || repeat('0', 20))::uuid
  order by l.id limit 1)`
