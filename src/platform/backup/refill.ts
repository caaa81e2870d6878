import { sql } from 'kysely'
import type { WriteScope } from '../db/database.ts'
import { ours, type SequenceShape, type TableShape } from './catalog.ts'

type ForeignKey = { table: string; name: string; definition: string }
type Trigger = { table: string; name: string }

/**
 * Runs `load` while no foreign key is checked and no trigger of a table fires, in the transaction at hand, and checks all foreign keys at the end. So
 * the order of the tables and of the rows does not matter, rows may refer to themselves and in circles, and millions of rows are checked by one query
 * for each key instead of one by one.
 *
 * @throws the database's error when a row refers to one that is not there
 */
export async function withoutHindrance(db: WriteScope, load: () => Promise<void>): Promise<void> {
  const keys = await foreignKeys(db)
  const triggers = await activeTriggers(db)
  for (const { table, name } of keys) await sql`alter table ${sql.raw(table)} drop constraint ${sql.id(name)}`.execute(db)
  for (const { table, name } of triggers) await sql`alter table ${sql.raw(table)} disable trigger ${sql.id(name)}`.execute(db)
  await load()
  await sql`set constraints all immediate`.execute(db)
  for (const { table, name, definition } of keys) await sql`alter table ${sql.raw(table)} add constraint ${sql.id(name)} ${sql.raw(definition)}`.execute(db)
  for (const { table, name } of triggers) await sql`alter table ${sql.raw(table)} enable trigger ${sql.id(name)}`.execute(db)
}

/** Takes out what the migrations put in. */
export async function emptyTables(db: WriteScope, tables: readonly TableShape[]): Promise<void> {
  await sql`truncate ${sql.join(tables.map(({ schema, name }) => sql.id(schema, name)))}`.execute(db)
}

/** Has every sequence go on where it stood. */
export async function setSequences(db: WriteScope, sequences: readonly (SequenceShape & { value: string; used: boolean })[]): Promise<void> {
  for (const each of sequences) {
    const name = sql`format('%I.%I', ${each.schema}::text, ${each.name}::text)::regclass`
    await sql`select setval(${name}, ${each.value}::bigint, ${each.used})`.execute(db)
  }
}

/** Computes the materialized views from what the tables hold now, those first that others may rest on. */
export async function refreshViews(db: WriteScope): Promise<void> {
  const found = await sql<{ name: string }>`
    select c.oid::regclass::text as name from pg_catalog.pg_class c join pg_catalog.pg_namespace n on n.oid = c.relnamespace
    where c.relkind = 'm' and ${ours} order by c.oid`.execute(db)
  for (const { name } of found.rows) await sql`refresh materialized view ${sql.raw(name)}`.execute(db)
}

/** Names come out written in full, and in quotes where they need them: `speakExactly` leaves no search path. */
async function foreignKeys(db: WriteScope): Promise<ForeignKey[]> {
  const found = await sql<ForeignKey>`
    select c.oid::regclass::text as table, k.conname::text as name, pg_get_constraintdef(k.oid) as definition
    from pg_catalog.pg_constraint k join pg_catalog.pg_class c on c.oid = k.conrelid join pg_catalog.pg_namespace n on n.oid = c.relnamespace
    where k.contype = 'f' and k.conparentid = 0 and ${ours} order by 1, 2`.execute(db)
  return found.rows
}

async function activeTriggers(db: WriteScope): Promise<Trigger[]> {
  const found = await sql<Trigger>`
    select c.oid::regclass::text as table, g.tgname::text as name
    from pg_catalog.pg_trigger g join pg_catalog.pg_class c on c.oid = g.tgrelid join pg_catalog.pg_namespace n on n.oid = c.relnamespace
    where not g.tgisinternal and g.tgparentid = 0 and g.tgenabled = 'O' and ${ours} order by 1, 2`.execute(db)
  return found.rows
}
