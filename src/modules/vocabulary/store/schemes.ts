import { sql } from 'kysely'
import type { Scope, WriteScope } from '../../../platform/db/database.ts'
import { newId } from '../../../platform/id.ts'
import { chunks, curatedSpace } from './tables.ts'

export type Scheme = { id: string; key: string; name: string; licence: string | null; source: string | null }

export async function listSchemes(db: Scope): Promise<Scheme[]> {
  const { rows } = await sql<Scheme>`select id, key, name, licence, source from vocabulary.scheme order by key limit 500`.execute(db)
  return rows
}

/** Notes a scheme, or what is new about it. @returns its id */
export async function saveScheme(db: WriteScope, { key, name, licence, source }: Omit<Scheme, 'id'>): Promise<string> {
  const { rows } = await sql<{ id: string }>`insert into vocabulary.scheme (id, space_id, key, name, licence, source)
    values (${newId()}, ${curatedSpace}, ${key}, ${name}, ${licence}, ${source})
    on conflict (key) do update set name = excluded.name, licence = coalesce(excluded.licence, scheme.licence), source = coalesce(excluded.source, scheme.source), version = scheme.version + 1
    returning id`.execute(db)
  return rows[0]?.id ?? ''
}

/** The digests of the built-in files that are loaded, by name. */
export async function loadedFiles(db: Scope): Promise<Map<string, string>> {
  const { rows } = await sql<{ name: string; digest: string }>`select name, encode(digest, 'hex') as digest from vocabulary.loaded`.execute(db)
  return new Map(rows.map(({ name, digest }) => [name, digest]))
}

export async function saveLoaded(db: WriteScope, files: readonly { name: string; digest: string }[]): Promise<void> {
  await sql`insert into vocabulary.loaded (name, space_id, digest)
    select name, ${curatedSpace}::uuid, decode(digest, 'hex') from json_to_recordset(${JSON.stringify(files)}::json) as r (name text, digest text)
    on conflict (name) do update set digest = excluded.digest, loaded_at = now() where loaded.digest <> excluded.digest`.execute(db)
}

/** Which concept here each concept of a scheme is, by its address. */
export async function exactMatches(db: Scope, schemeId: string): Promise<Map<string, string>> {
  const { rows } = await sql<{ uri: string; id: string }>`select uri, concept_id as id from vocabulary.exact_match where scheme_id = ${schemeId}`.execute(db)
  return new Map(rows.map(({ uri, id }) => [uri, id]))
}

export async function insertMatches(db: WriteScope, schemeId: string, matches: readonly { uri: string; conceptId: string }[]): Promise<void> {
  for (const part of chunks(matches.map((match) => ({ id: newId(), ...match }))))
    await sql`insert into vocabulary.exact_match (id, space_id, scheme_id, concept_id, uri)
      select id, ${curatedSpace}::uuid, ${schemeId}::uuid, "conceptId", uri from json_to_recordset(${JSON.stringify(part)}::json) as r (id uuid, "conceptId" uuid, uri text)
      on conflict do nothing`.execute(db)
}
