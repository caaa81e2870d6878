import { sql } from 'kysely'
import type { Scope } from '../../../platform/db/database.ts'
import type { LanguageText } from '../../../platform/i18n/languages.ts'
import type { Code, Label } from '../rules/draft.ts'
import { namesOf } from './names.ts'
import { curatedSpace } from './tables.ts'

export type ConceptRef = { id: string; key: string; names: LanguageText }
export type Branch = ConceptRef & { parent: string; depth: number }

export type Concept = ConceptRef & {
  area: string
  areaNames: LanguageText | null
  state: 'current' | 'retired'
  note: string | null
  version: number
  scheme: { key: string; name: string; licence: string | null; source: string | null }
  replacedBy: ConceptRef | null
  replaces: ConceptRef[]
  labels: Label[]
  codes: Code[]
  matches: { uri: string; scheme: string }[]
  broader: ConceptRef[]
  related: ConceptRef[]
}

const ref = (alias: string) => sql`jsonb_build_object('id', ${sql.raw(alias)}.id, 'key', ${sql.raw(alias)}.key, 'names', ${namesOf(alias)})`

/** One concept with all that is known of it, or `undefined`. */
export async function readConcept(db: Scope, key: string): Promise<Concept | undefined> {
  const { rows } = await sql<Concept>`
    select c.id, c.key, c.area, c.state, c.note, c.version, ${namesOf('c')} as names,
      (select ${namesOf('a')} from vocabulary.concept a where a.key = c.area) as "areaNames",
      (select jsonb_build_object('key', s.key, 'name', s.name, 'licence', s.licence, 'source', s.source) from vocabulary.scheme s where s.id = c.scheme_id) as scheme,
      (select ${ref('k')} from vocabulary.concept k where k.id = c.replaced_by_id) as "replacedBy",
      (select coalesce(jsonb_agg(${ref('g')} order by g.key), '[]') from vocabulary.concept g where g.replaced_by_id = c.id) as replaces,
      (select coalesce(jsonb_agg(jsonb_build_object('language', l.language, 'kind', l.kind, 'text', l.text) order by array_position(array['preferred', 'alternative', 'hidden'], l.kind), l.position, l.id), '[]')
        from vocabulary.label l where l.concept_id = c.id and l.ended_at is null) as labels,
      (select coalesce(jsonb_agg(jsonb_build_object('register', o.register, 'code', o.code) order by o.register, o.code), '[]') from vocabulary.code o where o.concept_id = c.id and o.ended_at is null) as codes,
      (select coalesce(jsonb_agg(jsonb_build_object('uri', m.uri, 'scheme', s.name) order by s.key, m.uri), '[]') from vocabulary.exact_match m join vocabulary.scheme s on s.id = m.scheme_id where m.concept_id = c.id) as matches,
      (select coalesce(jsonb_agg(${ref('b')} order by t.id), '[]') from vocabulary.relation t join vocabulary.concept b on b.id = t.target_id and b.state = 'current'
        where t.concept_id = c.id and t.kind = 'broader' and t.ended_at is null) as broader,
      (select coalesce(jsonb_agg(distinct ${ref('r')}), '[]') from vocabulary.relation t join vocabulary.concept r on r.id = case when t.concept_id = c.id then t.target_id else t.concept_id end and r.state = 'current'
        where (t.concept_id = c.id or t.target_id = c.id) and t.kind = 'related' and t.ended_at is null) as related
    from vocabulary.concept c where c.key = ${key}`.execute(db)
  return rows[0]
}

/** Levels below a concept that its page shows, and concepts on them. */
const [levels, most] = [3, 600]

/** What stands below a concept, three levels deep, each under the one that it was reached by. */
export async function readNarrower(db: Scope, id: string, deep = levels): Promise<Branch[]> {
  const { rows } = await sql<Branch>`
    with recursive tree as (
      select t.concept_id as id, t.target_id as parent, 1 as depth from vocabulary.relation t where t.target_id = ${id} and t.kind = 'broader' and t.ended_at is null
      union
      select t.concept_id, t.target_id, tree.depth + 1 from tree join vocabulary.relation t on t.target_id = tree.id and t.kind = 'broader' and t.ended_at is null where tree.depth < ${deep})
    select c.id, c.key, ${namesOf('c')} as names, tree.parent, min(tree.depth)::int as depth from tree join vocabulary.concept c on c.id = tree.id and c.state = 'current'
    group by c.id, c.key, tree.parent order by 5, c.key limit ${most}`.execute(db)
  return rows
}

/** The way down to a concept from the top of its area, by the first of its broader concepts each time. */
export async function readPath(db: Scope, id: string): Promise<ConceptRef[]> {
  const { rows } = await sql<ConceptRef>`
    with recursive up as (
      select c.id, 0 as depth from vocabulary.concept c where c.id = ${id}
      union
      select (select t.target_id from vocabulary.relation t join vocabulary.concept b on b.id = t.target_id and b.state = 'current'
        where t.concept_id = up.id and t.kind = 'broader' and t.ended_at is null order by t.id limit 1), up.depth + 1 from up where up.id is not null and up.depth < 12)
    select c.id, c.key, ${namesOf('c')} as names from up join vocabulary.concept c on c.id = up.id where up.depth > 0 order by up.depth desc`.execute(db)
  return rows
}

export type Happening = { at: Date; verb: string; payload: Record<string, unknown> | null }

/** What was done with a concept, and with those merged into it, the newest first. */
export async function readHistory(db: Scope, id: string): Promise<Happening[]> {
  const { rows } = await sql<Happening>`
    select e.at, e.verb, p.payload::jsonb as payload from app.log_entry e left join app.log_payload p on p.entry_id = e.id
    where e.object_id = any (array(select ${id}::uuid union select g.id from vocabulary.concept g where g.replaced_by_id = ${id})) and e.space_id = ${curatedSpace}
    order by e.position desc limit 50`.execute(db)
  return rows
}

/** The ids of concepts by their keys; those that are not there are left out. */
export async function idsOfKeys(db: Scope, keys: readonly string[]): Promise<Map<string, string>> {
  const { rows } = await sql<{ key: string; id: string }>`select key, id from vocabulary.concept where key = any (${[...keys]}::text[])`.execute(db)
  return new Map(rows.map(({ key, id }) => [key, id]))
}
