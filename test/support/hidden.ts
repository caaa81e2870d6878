import { sql, type RawBuilder } from 'kysely'
import type { WriteScope } from '../../src/platform/db/database.ts'
import type { World } from './world.ts'

/** A space that nobody reads but who is let in, and what lies in it: a row of each kind that the record has. */
export const hiddenSpace = '00000000-0000-7000-8000-0000000000ff'
export const hiddenEntry = '00000000-0000-7000-8000-0000000000fe'
export const hiddenKey = 'hidden-organization'
/** A dossier as later modules make it, and a part of it for some alone. */
export const ownSpaces = { dossier: '00000000-0000-7000-8000-0000000000fc', side: '00000000-0000-7000-8000-0000000000fd' }
/** A word that stands nowhere else; one slip away from `zqhiden`. */
export const hiddenWord = 'zqhidden'

const id = (n: number) => `00000000-0000-7000-8000-0000000000${n.toString(16)}`
const [place, source, dispute, gone] = [id(0xf0), id(0xf1), id(0xf2), id(0xf3)]
const recordSpaceMark = '@00000000-0000-7000-8000-000000000001'

/** Hides an organization with all that belongs to one, beside the record. */
export async function hideRecord(world: World): Promise<void> {
  await world.database.asOwner(async (db) => {
    const copy = (table: string, where: RawBuilder<unknown>, changed: object, newIds = false) =>
      copyRows(db, table, where, { space_id: hiddenSpace, ...changed }, newIds)
    const cim = sql`(select id from record.entry where kind = 'organization' and key = 'cim')`
    await sql`insert into app.space (id, name) values (${hiddenSpace}, 'hidden')`.execute(db)
    await copy('record.place', sql`key = 'havana'`, { id: place, key: 'hidden-place' })
    await copy('record.source', sql`key = 'w001'`, { id: source, key: 'hidden-source' })
    await copy('record.dispute', sql`key = 'k-001'`, { id: dispute, key: 'hidden-dispute' })
    await copy('record.entry', sql`id = ${cim}`, { id: hiddenEntry, key: hiddenKey })
    await copy('record.entry', sql`id = ${cim}`, { id: gone, key: 'hidden-gone' })
    await copy('record.statement', sql`entry_id = ${cim} and ended_at is null`, { entry_id: hiddenEntry, dispute_id: null }, true)
    await copy('record.catalogue', sql`entry_id = ${cim}`, { entry_id: hiddenEntry, key: hiddenKey, place_id: place })
    await copy('app.search_row', sql`object_id = ${cim}`, { object_id: hiddenEntry, path: `/organizations/${hiddenKey}` })
    await copy('app.search_spelling', sql`true limit 1`, { word: hiddenWord, near: [hiddenWord, 'zqhiden'] })
    await sql`insert into record.citation (statement_id, source_id, space_id, locator, position)
      select id, ${source}::uuid, ${hiddenSpace}::uuid, 'page 1', 1 from record.statement where entry_id = ${hiddenEntry}`.execute(db)
    await sql`insert into record.tally (space_id, kind, n) values (${hiddenSpace}, 'organization', 1)`.execute(db)
    await sql`insert into record.merge (id, space_id, kept_id, gone_id, gone_title, reason)
      values (gen_random_uuid(), ${hiddenSpace}, ${hiddenEntry}, ${gone}, '{"en": "Hidden"}', 'One and the same')`.execute(db)
    // One that was taken back, as everybody may know.
    await sql`insert into record.merge (id, space_id, kept_id, gone_id, gone_title, reason, ended_at, end_reason)
      select gen_random_uuid(), space_id, id, ${cim}, '{"en": "CIM"}', 'A mistake', now(), 'They are two' from record.entry where kind = 'organization' and key = 'cigb'`.execute(
      db,
    )
    await sql`update app.search_row set terms = array_to_tsvector(array(select replace(t, ${recordSpaceMark}, ${`@${hiddenSpace}`}) from unnest(tsvector_to_array(terms)) t)
      || array[${hiddenWord}, ${`^${hiddenWord}`}]::text[]) where object_id = ${hiddenEntry}`.execute(db)
  })
}

/** Adds rows like others of the same table. @param newIds gives each an id of its own */
export async function copyRows(db: WriteScope, table: string, where: RawBuilder<unknown>, changed: object, newIds = false): Promise<void> {
  const { rows } = await sql<{ name: string }>`select attname as name from pg_attribute
    where attrelid = ${table}::regclass and attnum > 0 and not attisdropped and attgenerated = '' and attidentity = ''`.execute(db)
  const columns = sql.join(rows.map(({ name }) => sql.id(name)))
  const values = sql.join(rows.map(({ name }) => sql`(made).${sql.id(name)}`))
  const change = newIds ? sql`${JSON.stringify(changed)}::jsonb || jsonb_build_object('id', gen_random_uuid())` : sql`${JSON.stringify(changed)}::jsonb`
  const { numAffectedRows } =
    await sql`insert into ${sql.raw(table)} (${columns}) select ${values} from (select jsonb_populate_record(t, ${change}) as made from ${sql.raw(table)} t where ${where}) copied`.execute(
      db,
    )
  if ((numAffectedRows ?? 0n) === 0n) throw new Error(`${table} has no such row to copy`)
}
