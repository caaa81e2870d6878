import { sql } from 'kysely'
import type { WriteScope } from '../db/database.ts'

/** A table as it is carried from one database to another. */
export type TableShape = {
  schema: string
  name: string
  /** What is carried, in order, with the type as SQL writes it; what the database fills in by itself is not among it. */
  columns: { name: string; type: string }[]
  /** SQL that puts the rows of the table `t` into one order, the same on every engine. */
  order: string
}

export type SequenceShape = { schema: string; name: string }

/** A relation by its two names, which no configuration ever changes. */
export const nameOf = ({ schema, name }: SequenceShape): string => `${schema}.${name}`

// Under these every value is written in one way only, whatever the server, the database or the login is set to.
const settings = [
  ['search_path', 'pg_catalog'],
  ['timezone', 'UTC'],
  ['datestyle', 'ISO, YMD'],
  ['intervalstyle', 'postgres'],
  ['bytea_output', 'hex'],
  ['extra_float_digits', '1'],
  // A table that would hide rows from its reader is a fault, not a smaller backup.
  ['row_security', 'off'],
  ['statement_timeout', '0'],
  ['lock_timeout', '0'],
  ['idle_in_transaction_session_timeout', '0'],
] as const

/** Has the rest of the transaction write and read values exactly. */
export async function speakExactly(db: WriteScope): Promise<void> {
  await sql.raw(settings.map(([name, value]) => `set local ${name} = '${value}'`).join('; ')).execute(db)
}

/** Gives the transaction back the settings of its login. */
export async function speakAsUsual(db: WriteScope): Promise<void> {
  await sql.raw(settings.map(([name]) => `set local ${name} to default`).join('; ')).execute(db)
}

/**
 * Which relations `c` in schemas `n` are ours: what lies in a schema of ours, and what we own elsewhere; not what an administrator or an extension put there.
 */
export const ours = sql.raw(`n.nspname not like 'pg\\_%' and n.nspname <> 'information_schema'
  and quote_ident(current_user)::regrole in (c.relowner, n.nspowner)
  and not exists (select from pg_catalog.pg_depend d where d.classid = 'pg_catalog.pg_class'::regclass and d.objid = c.oid and d.deptype = 'e')`)

/**
 * All tables, found in the catalog of the database.
 *
 * Two kinds of columns are left out. A generated one follows from the others. And one that says which transaction wrote the row
 * (`default pg_current_xact_id()`) means something in its own cluster only: numbers from elsewhere may be higher than any that the new one has given out,
 * and who reads up to `pg_snapshot_xmin` would take those rows for not yet committed. Left to its default, it names the transaction of the restore, which is
 * what committed the rows here. Order among the rows is kept by a position beside it; readers who keep their place have to keep that, not the transaction.
 */
export async function listTables(db: WriteScope): Promise<TableShape[]> {
  const found = await sql<TableShape>`
    select n.nspname::text as schema, c.relname::text as name,
      (select coalesce(json_agg(json_build_object('name', a.attname, 'type', format_type(a.atttypid, a.atttypmod)) order by a.attnum), '[]')
        from pg_catalog.pg_attribute a left join pg_catalog.pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum
        where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = ''
          and not (a.atttypid = 'xid8'::regtype and coalesce(pg_get_expr(d.adbin, d.adrelid), '') like '%pg_current_xact_id()')) as columns,
      coalesce((select string_agg('t.' || quote_ident(a.attname) || case when a.attcollation = 0 then '' else ' collate "C"' end, ', ' order by k.place)
        from pg_catalog.pg_index i cross join unnest(i.indkey::int2[]) with ordinality k (number, place)
        join pg_catalog.pg_attribute a on a.attrelid = i.indrelid and a.attnum = k.number
        where i.indrelid = c.oid and i.indisprimary and k.place <= i.indnkeyatts), 't::text collate "C"') as order
    from pg_catalog.pg_class c join pg_catalog.pg_namespace n on n.oid = c.relnamespace
    where c.relkind = 'r' and c.relpersistence <> 't' and ${ours}
    order by n.nspname, c.relname`.execute(db)
  return found.rows
}

/** All sequences, those behind identity columns among them. */
export async function listSequences(db: WriteScope): Promise<SequenceShape[]> {
  const found = await sql<SequenceShape>`
    select n.nspname::text as schema, c.relname::text as name from pg_catalog.pg_class c join pg_catalog.pg_namespace n on n.oid = c.relnamespace
    where c.relkind = 'S' and c.relpersistence <> 't' and ${ours} order by n.nspname, c.relname`.execute(db)
  return found.rows
}

/** Where a sequence stands: the number given out last, or the one to begin with. */
export async function readSequence(db: WriteScope, sequence: SequenceShape): Promise<{ value: string; used: boolean }> {
  const found = await sql<{ value: string; used: boolean }>`
    select last_value::text as value, is_called as used from ${sql.id(sequence.schema, sequence.name)}`.execute(db)
  const [state] = found.rows
  if (!state) throw new Error(`the sequence ${nameOf(sequence)} has no state`)
  return state
}

/** Whether the database has had a migration. */
export async function isMigrated(db: WriteScope): Promise<boolean> {
  const found = await sql<{ there: boolean }>`select to_regclass('app.migration') is not null as there`.execute(db)
  if (found.rows[0]?.there !== true) return false
  return (await db.selectFrom('app.migration').select('name').limit(1).execute()).length > 0
}
