import { sql } from 'kysely'
import { grantsOf, makeSpace } from '../../../platform/access/spaces.ts'
import type { Scope, WriteScope } from '../../../platform/db/database.ts'
import { languages, type Language, type LanguageText } from '../../../platform/i18n/languages.ts'
import { newId } from '../../../platform/id.ts'
import { indexDocuments } from '../../../platform/search/search.ts'
import { sortKey } from '../../../platform/text/fold.ts'
import { keyOf } from '../rules/keys.ts'
import { pillars, type OrganizationKind, type Pillar, type StandingState } from '../schema/kinds.ts'
import { lockNames } from './locks.ts'
import { directorySpace } from './networks.ts'

export type Facts = { kind: OrganizationKind; country: string; website: string | null; ror: string | null; gln: string | null; lei: string | null }
export type Strengths = Partial<Record<Pillar, LanguageText>>
export type Standing = {
  id: string
  network: string
  networkKey: string
  networkName: LanguageText
  state: StandingState
  founding: boolean
  since: string
  until: string | null
}
export type OrganizationRef = { id: string; key: string; name: LanguageText; original: Language }

/** An organization as everybody may read it. `network`: the one that looks after it. */
export type Organization = OrganizationRef &
  Facts & {
    network: string
    keeper: string
    people: string
    desk: string
    profile: LanguageText
    strengths: Strengths
    keptBy: 'organization' | 'secretariat'
    version: number
    logo: number | null
    /** The entry of the record that is about it. */
    entry: string | null
    parent: OrganizationRef | null
    parts: OrganizationRef[]
    standings: Standing[]
  }

const ref = (alias: string) => {
  const o = sql.raw(alias)
  return sql`jsonb_build_object('id', ${o}.id, 'key', ${o}.key, 'name', ${o}.name, 'original', ${o}.original)`
}

/** An organization with all that its page shows of it, in one query. */
export async function readOrganization(db: Scope, which: { key: string } | { id: string }): Promise<Organization | undefined> {
  const { rows } = await sql<Organization>`
    select o.id, o.key, o.name, o.original, o.kind, o.country, o.website, o.ror, o.gln, o.lei, o.profile, o.strengths, o.version,
      o.keeper_id as keeper, o.people_id as people, o.desk_id as desk, o.kept_by as "keptBy", n.id as network,
      (select l.version from members.logo l where l.organization_id = o.id and l.ended_at is null) as logo,
      (select l.entry_key from members.entry_link l where l.organization_id = o.id and l.until is null) as entry,
      (select ${ref('p')} from members.organization p where p.id = o.parent_id) as parent,
      (select coalesce(jsonb_agg(c.ref order by c.name_sort, c.id), '[]') from (select ${ref('c')} as ref, c.name_sort, c.id from members.organization c where c.parent_id = o.id order by c.name_sort, c.id limit 100) c) as parts,
      (select coalesce(jsonb_agg(jsonb_build_object('id', s.id, 'network', s.network_id, 'networkKey', m.key, 'networkName', m.name, 'state', s.state, 'founding', s.founding, 'since', s.since, 'until', s.until)
        order by s.until desc nulls first, s.since desc, s.id desc), '[]') from members.standing s join members.network m on m.id = s.network_id where s.organization_id = o.id) as standings
    from members.organization o join members.network n on n.desk_id = o.desk_id
    where ${'key' in which ? sql`o.key = ${which.key}` : sql`o.id = ${which.id}`}`.execute(db)
  return rows[0]
}

/** Takes an organization up: its spaces, its row, its line in the search. @returns its id and key */
export async function makeOrganization(
  db: WriteScope,
  made: Facts & { name: LanguageText; original: Language; network: { id: string; desk: string }; onBehalf: boolean },
): Promise<{ id: string; key: string; people: string }> {
  const [id, keeper, people] = [newId(), newId(), newId()]
  const [admin, editor, all] = [`role:${id}:admin`, `role:${id}:editor`, `organization:${id}`]
  await makeSpace(db, keeper, `keeper-${id}`, [...grantsOf(admin, 'write'), ...grantsOf(editor, 'write')])
  await makeSpace(db, people, `people-${id}`, [...grantsOf(admin, 'write'), ...grantsOf(all, 'read', 'add'), ...grantsOf(`role:${id}:guest`, 'read')])
  const key = await freeKey(
    db,
    keyOf(
      [made.name.en, made.name.es, made.name[made.original], made.name.vi].filter((name) => name !== undefined),
      made.country,
    ),
  )
  await sql`
    insert into members.organization (id, space_id, keeper_id, people_id, desk_id, key, name, original, name_sort, kind, country, website, ror, gln, lei, kept_by)
    values (${id}, ${directorySpace}, ${keeper}, ${people}, ${made.network.desk}, ${key}, ${JSON.stringify(made.name)}::jsonb, ${made.original}, ${sortOf(made.name, made.original)},
      ${made.kind}, ${made.country}, ${made.website}, ${made.ror}, ${made.gln}, ${made.lei}, ${made.onBehalf ? 'secretariat' : 'organization'})`.execute(db)
  await indexOrganization(db, id)
  return { id, key, people }
}

/** The first of a key and its numbered followers that no organization has. */
async function freeKey(db: WriteScope, wanted: string): Promise<string> {
  await lockNames(db)
  const { rows } = await sql<{ key: string }>`
    select case when n = 1 then ${wanted}::text else ${wanted}::text || '-' || n end as key from generate_series(1, 10000) n
    where not exists (select from members.organization o where o.key = case when n = 1 then ${wanted}::text else ${wanted}::text || '-' || n end) order by n limit 1`.execute(
    db,
  )
  return rows[0]?.key ?? `${wanted}-${newId()}`
}

const sortOf = (name: LanguageText, original: Language) => sortKey(name.en ?? name.es ?? name[original] ?? '')

/** Writes what is true of an organization in every language. @returns `false` when it is not as it was when it was read */
export async function writeFacts(
  db: WriteScope,
  id: string,
  version: number,
  facts: Facts & { parentId: string | null; original: Language; onBehalf: boolean },
): Promise<boolean> {
  const { rows } = await sql`
    update members.organization set kind = ${facts.kind}, country = ${facts.country}, website = ${facts.website}, ror = ${facts.ror}, gln = ${facts.gln}, lei = ${facts.lei},
      parent_id = ${facts.parentId}, original = ${facts.original}, kept_by = ${facts.onBehalf ? 'secretariat' : 'organization'}, version = version + 1
    where id = ${id} and version = ${version} returning id`.execute(db)
  if (rows.length > 0) await indexOrganization(db, id)
  return rows.length > 0
}

/** Writes what an organization says of itself. @returns `false` when it is not as it was when it was read */
export async function writeTexts(
  db: WriteScope,
  id: string,
  version: number,
  texts: { name: LanguageText; original: Language; profile: LanguageText; strengths: Strengths; onBehalf: boolean },
): Promise<boolean> {
  const { rows } = await sql`
    update members.organization set name = ${JSON.stringify(texts.name)}::jsonb, name_sort = ${sortOf(texts.name, texts.original)}, profile = ${JSON.stringify(texts.profile)}::jsonb,
      strengths = ${JSON.stringify(texts.strengths)}::jsonb, kept_by = ${texts.onBehalf ? 'secretariat' : 'organization'}, version = version + 1
    where id = ${id} and version = ${version} returning id`.execute(db)
  if (rows.length > 0) await indexOrganization(db, id)
  return rows.length > 0
}

/** Whether one organization is another or stands under it; parents are changed one after the other, or two changes at once could make a ring. */
export async function isUnder(db: WriteScope, id: string, above: string): Promise<boolean> {
  await lockNames(db)
  const { rows } = await sql<{ under: boolean }>`select members.is_under(${id}, ${above}) as under`.execute(db)
  return rows[0]?.under === true
}

/** Which of some identifiers another organization has already. */
export async function takenIdentifiers(
  db: WriteScope,
  own: string | null,
  { ror, gln, lei }: Pick<Facts, 'ror' | 'gln' | 'lei'>,
): Promise<{ field: 'ror' | 'gln' | 'lei'; key: string }[]> {
  await lockNames(db)
  const { rows } = await sql<{ field: 'ror' | 'gln' | 'lei'; key: string }>`
    select field, key from members.organization o cross join lateral (values ('ror', o.ror = ${ror}), ('gln', o.gln = ${gln}), ('lei', o.lei = ${lei})) t (field, same)
    where same and (o.ror = ${ror} or o.gln = ${gln} or o.lei = ${lei}) and o.id is distinct from ${own}::uuid`.execute(db)
  return rows
}

/** Puts the line of an organization into the search as it is now. */
async function indexOrganization(db: WriteScope, id: string): Promise<void> {
  const row = await readOrganization(db, { id })
  if (!row) return
  const words = [row.profile, ...pillars.map((pillar) => row.strengths[pillar] ?? {})].flatMap((text) => languages.map((language) => text[language]))
  const document = {
    objectId: id,
    spaceId: directorySpace,
    kind: 'member',
    path: `/members/${row.key}`,
    title: { ...row.name, original: row.original },
    detail: {},
    facets: [`country:${row.country}`, ...Object.keys(row.name).map((language) => `language:${language}`)],
    names: Object.values(row.name),
    aliases: [],
    words: [row.ror, row.gln, row.lei, row.website, ...words].filter((word) => word !== null && word !== undefined),
  }
  await indexDocuments(db, [document])
}

export type Logo = { mediaType: string; bytes: Buffer; version: number }

export async function readLogo(db: Scope, key: string): Promise<Logo | undefined> {
  const { rows } = await sql<Logo>`
    select l.media_type as "mediaType", l.bytes, l.version from members.logo l join members.organization o on o.id = l.organization_id where o.key = ${key} and l.ended_at is null`.execute(
    db,
  )
  return rows[0]
}

/** Gives an organization its sign, or takes it away. */
export async function writeLogo(db: WriteScope, { id, keeper, desk }: Organization, logo: { mediaType: string; bytes: Uint8Array } | undefined): Promise<void> {
  if (logo === undefined)
    await sql`update members.logo set ended_at = now(), version = version + 1 where organization_id = ${id} and ended_at is null`.execute(db)
  else
    await sql`
      insert into members.logo as l (organization_id, space_id, keeper_id, desk_id, media_type, bytes)
      values (${id}, ${directorySpace}, ${keeper}, ${desk}, ${logo.mediaType}, ${logo.bytes})
      on conflict (organization_id) do update set media_type = excluded.media_type, bytes = excluded.bytes, version = l.version + 1, ended_at = null`.execute(
      db,
    )
}

/** By which keys some organizations go, by id. */
export async function nameKeys(db: Scope, ids: readonly string[]): Promise<Map<string, string>> {
  const { rows } = await sql<{ id: string; key: string }>`select id, key from members.organization where id = any (${ids}::uuid[])`.execute(db)
  return new Map(rows.map(({ id, key }) => [id, key]))
}
