import { sql } from 'kysely'
import type { Scope, WriteScope } from '../../../platform/db/database.ts'
import { newId } from '../../../platform/id.ts'
import { span } from '../../../platform/text/edtf.ts'
import { sortKey } from '../../../platform/text/fold.ts'
import { difference, rowDigest, type EntryDraft, type StatementDraft } from '../rules/statements.ts'
import type { EntryKind } from '../schema.ts'
import type { PlaceRow } from '../sheets/places.ts'
import type { SourceRow } from '../sheets/sources.ts'
import type { DisputeRow } from '../sheets/statements.ts'
import { texts } from '../sheets/cells.ts'
import { recordSpace } from './tables.ts'

// Bulk writes go as one JSON parameter a chunk: no limit on the number of parameters, one plan for all. Taken as json and not jsonb, which costs a third less.
const chunkSize = 2000

export type Changes = { added: number; changed: number }

function tallyUp(changes: Changes, saved: readonly { added: boolean }[]) {
  for (const { added } of saved) changes[added ? 'added' : 'changed']++
}

/** @returns the ids of all places by key */
export async function savePlaces(db: WriteScope, rows: readonly PlaceRow[]): Promise<{ ids: Map<string, string>; changes: Changes }> {
  const changes = { added: 0, changed: 0 }
  for (const part of chunks(rows)) {
    const values = part.map((row) => ({
      id: newId(),
      key: row.id,
      country: row.country,
      names: texts(row, 'name'),
      region: row.region_en ?? null,
      latitude: row.latitude,
      longitude: row.longitude,
    }))
    const saved = await sql<{ added: boolean }>`insert into record.place (id, space_id, key, country, names, region, latitude, longitude)
      select id, ${recordSpace}::uuid, key, country, names, region, latitude, longitude
      from json_to_recordset(${JSON.stringify(values)}::json) as r (id uuid, key text, country text, names jsonb, region text, latitude numeric, longitude numeric)
      on conflict (key) do update set country = excluded.country, names = excluded.names, region = excluded.region, latitude = excluded.latitude, longitude = excluded.longitude
      where (place.country, place.names, place.region, place.latitude, place.longitude) is distinct from (excluded.country, excluded.names, excluded.region, round(excluded.latitude, 4), round(excluded.longitude, 4))
      returning xmax = 0 as added`.execute(db)
    tallyUp(changes, saved.rows)
  }
  const result = await sql<{ key: string; id: string }>`select key, id from record.place`.execute(db)
  return { ids: new Map(result.rows.map(({ key, id }) => [key, id])), changes }
}

export type SourceSaved = { row: SourceRow; id: string; isNew: boolean }

/** @returns the sources that are new or changed */
export async function saveSources(db: WriteScope, rows: readonly SourceRow[]): Promise<SourceSaved[]> {
  const known = await knownDigests(db, sql`select key, id, encode(digest, 'hex') as digest from record.source`)
  const changed = rows.map((row) => ({ row, digest: rowDigest(row).toString('hex') })).filter(({ row, digest }) => known.get(row.id)?.digest !== digest)
  const saved = changed.map(({ row, digest }) => ({ row, digest, id: known.get(row.id)?.id ?? newId(), isNew: !known.has(row.id) }))
  for (const part of chunks(saved)) {
    const values = part.map(({ row, digest, id }) => {
      const days = row.published === undefined ? undefined : span(row.published)
      return {
        id,
        key: row.id,
        kind: row.kind,
        title: row.title,
        title_sort: sortKey(row.title),
        language: row.language,
        publisher: row.publisher,
        published: row.published ?? null,
        from: days?.from ?? days?.to ?? null,
        to: days?.to ?? days?.from ?? null,
        url: row.url ?? null,
        digest,
      }
    })
    await sql`insert into record.source (id, space_id, key, kind, title, title_sort, language, publisher, published, published_from, published_to, url, digest)
      select id, ${recordSpace}::uuid, key, kind, title, title_sort, language, publisher, published, "from", "to", url, decode(digest, 'hex')
      from json_to_recordset(${JSON.stringify(values)}::json)
        as r (id uuid, key text, kind text, title text, title_sort text, language text, publisher text, published text, "from" date, "to" date, url text, digest text)
      on conflict (key) do update set kind = excluded.kind, title = excluded.title, title_sort = excluded.title_sort, language = excluded.language, publisher = excluded.publisher,
        published = excluded.published, published_from = excluded.published_from, published_to = excluded.published_to, url = excluded.url, digest = excluded.digest, version = source.version + 1`.execute(
      db,
    )
  }
  return saved.map(({ row, id, isNew }) => ({ row, id, isNew }))
}

export type EntryDigest = { kind: EntryKind; key: string; digest: string }
export type EntryKnown = { id: string; isNew: boolean }

/**
 * Finds out which entries are new or changed and gives the new ones their ids. Their statements are written afterwards, when every entry that one may point to is there.
 *
 * @param ids of all entries on record by `kind:key`; the new ones are added to it
 * @returns those that are new or changed, by `kind:key`
 */
export async function saveEntries(db: WriteScope, digests: Iterable<EntryDigest>, ids: Map<string, string>): Promise<Map<string, EntryKnown>> {
  const known = await knownDigests(db, sql`select kind || ':' || key as key, id, encode(digest, 'hex') as digest from record.entry`)
  const changed = new Map<string, EntryKnown & EntryDigest>()
  for (const each of digests) {
    const name = `${each.kind}:${each.key}`
    const before = known.get(name)
    if (before?.digest !== each.digest) changed.set(name, { ...each, id: before?.id ?? newId(), isNew: before === undefined })
  }
  for (const [name, { id }] of changed) ids.set(name, id)
  for (const part of chunks([...changed.values()])) {
    await sql`insert into record.entry (id, space_id, kind, key, digest)
      select id, ${recordSpace}::uuid, kind, key, decode(digest, 'hex') from json_to_recordset(${JSON.stringify(part)}::json) as r (id uuid, kind text, key text, digest text)
      on conflict (kind, key) do update set digest = excluded.digest, version = entry.version + 1`.execute(db)
  }
  return changed
}

export type EntrySaved = EntryKnown & { draft: EntryDraft }
export type Ids = {
  entries: ReadonlyMap<string, string>
  places: ReadonlyMap<string, string>
  sources: ReadonlyMap<string, { id: string; published: string | null }>
  disputes: ReadonlyMap<string, string>
}

/** Ends and adds the statements of some entries, with their citations. Entries that they point to must be written before. */
export async function saveStatements(db: WriteScope, entries: readonly EntrySaved[], ids: Ids): Promise<void> {
  const current = await currentIdentities(
    db,
    entries.filter(({ isNew }) => !isNew).map(({ id }) => id),
  )
  const changes = entries.map(({ draft, id }) => ({ id, ...difference(current.get(id) ?? new Map(), draft.statements) }))
  const ended = changes.flatMap(({ end }) => end)
  // What a registry added is not the sheets' to end.
  if (ended.length > 0) await sql`update record.statement set ended_at = now() where id = any (${ended}::uuid[]) and origin = 'sheet'`.execute(db)
  await insertStatements(
    db,
    changes.flatMap(({ id, add }) => add.map((each) => ({ ...each, id: newId(), entry: id }))),
    ids,
    'sheet',
  )
}

type StatementAdded = { id: string; entry: string; statement: StatementDraft; identity: Buffer; position: number }

/** Adds statements with their citations. */
export async function insertStatements(
  db: WriteScope,
  added: readonly StatementAdded[],
  ids: Pick<Ids, 'entries' | 'sources' | 'disputes'>,
  origin: 'sheet' | 'registry',
): Promise<void> {
  const statements = added.map(({ id, entry, statement, identity, position }) => {
    const days = statement.valid === undefined ? undefined : span(statement.valid)
    return {
      id,
      entry,
      field: statement.field,
      value: statement.value,
      target: statement.target === undefined ? null : ids.entries.get(statement.target),
      language: statement.language ?? null,
      rank: statement.rank ?? 'normal',
      reason: statement.reason ?? null,
      qualifiers: statement.qualifiers ?? {},
      valid: statement.valid ?? null,
      from: days?.from ?? null,
      to: days?.to ?? null,
      dispute: statement.dispute === undefined ? null : ids.disputes.get(statement.dispute),
      position,
      identity: identity.toString('hex'),
    }
  })
  await sql`insert into record.statement (id, space_id, entry_id, field, value, target_id, language, rank, rank_reason, qualifiers, valid, valid_from, valid_to, dispute_id, position, identity, origin)
    select id, ${recordSpace}::uuid, entry, field, value, target, language, rank, nullif(reason, 'null'), qualifiers, valid, "from", "to", dispute, position, decode(identity, 'hex'), ${origin}
    from json_to_recordset(${JSON.stringify(statements)}::json) as r (id uuid, entry uuid, field text, value jsonb, target uuid, language text, rank text, reason jsonb, qualifiers jsonb,
      valid text, "from" date, "to" date, dispute uuid, position int, identity text)`.execute(db)
  const citations = added.flatMap(({ id, statement }) =>
    statement.citations.map((citation, position) => ({
      statement: id,
      source: ids.sources.get(citation.source)?.id,
      stance: citation.stance,
      locator: citation.locator ?? null,
      position,
    })),
  )
  await sql`insert into record.citation (statement_id, source_id, space_id, stance, locator, position)
    select statement, source, ${recordSpace}::uuid, stance, locator, position
    from json_to_recordset(${JSON.stringify(citations)}::json) as r (statement uuid, source uuid, stance text, locator text, position int)`.execute(db)
}

/** Writes the points in dispute. @returns the ids of all of them by key */
export async function saveDisputes(db: WriteScope, rows: readonly DisputeRow[]): Promise<{ ids: Map<string, string>; changes: Changes }> {
  const changes = { added: 0, changed: 0 }
  for (const part of chunks(rows)) {
    const values = part.map((row) => ({ id: newId(), key: row.id, subject: row.subject, field: row.field, assessment: texts(row, 'assessment') }))
    const saved = await sql<{ added: boolean }>`insert into record.dispute (id, space_id, key, subject, field, assessment)
      select id, ${recordSpace}::uuid, key, subject, field, assessment from json_to_recordset(${JSON.stringify(values)}::json) as r (id uuid, key text, subject text, field text, assessment jsonb)
      on conflict (key) do update set subject = excluded.subject, field = excluded.field, assessment = excluded.assessment
      where (dispute.subject, dispute.field, dispute.assessment) is distinct from (excluded.subject, excluded.field, excluded.assessment)
      returning xmax = 0 as added`.execute(db)
    tallyUp(changes, saved.rows)
  }
  const result = await sql<{ key: string; id: string }>`select key, id from record.dispute`.execute(db)
  return { ids: new Map(result.rows.map(({ key, id }) => [key, id])), changes }
}

/** All sources on record by key, each with the last day on which it may have been published. */
export async function sourceIds(db: Scope): Promise<Map<string, { id: string; published: string | null }>> {
  const result = await sql<{ key: string; id: string; published: string | null }>`select key, id, published_to::text as published from record.source`.execute(
    db,
  )
  return new Map(result.rows.map(({ key, id, published }) => [key, { id, published }]))
}

/** The ids of all entries on record by `kind:key`. */
export async function entryIds(db: Scope): Promise<Map<string, string>> {
  const result = await sql<{ name: string; id: string }>`select kind || ':' || key as name, id from record.entry`.execute(db)
  return new Map(result.rows.map(({ name, id }) => [name, id]))
}

async function currentIdentities(db: WriteScope, entries: string[]): Promise<Map<string, Map<string, string>>> {
  const found = new Map<string, Map<string, string>>()
  if (entries.length === 0) return found
  const result = await sql<{ entry: string; id: string; identity: string }>`
    select entry_id as entry, id, encode(identity, 'hex') as identity from record.statement where ended_at is null and entry_id = any (${entries}::uuid[])`.execute(
    db,
  )
  for (const { entry, id, identity } of result.rows) {
    if (!found.has(entry)) found.set(entry, new Map())
    found.get(entry)?.set(identity, id)
  }
  return found
}

async function knownDigests(db: WriteScope, query: ReturnType<typeof sql>): Promise<Map<string, { id: string; digest: string }>> {
  const result = await query.execute(db)
  return new Map((result.rows as { key: string; id: string; digest: string }[]).map(({ key, id, digest }) => [key, { id, digest }]))
}

export function* chunks<T>(rows: readonly T[], size = chunkSize): Generator<readonly T[]> {
  for (let start = 0; start < rows.length; start += size) yield rows.slice(start, start + size)
}
