import { statfsSync, accessSync, constants } from 'node:fs'
import { sql } from 'kysely'
import { thePublic } from '../access/actor.ts'
import type { Config } from '../config.ts'
import type { Database, WriteScope } from '../db/database.ts'
import type { FileStore } from '../files/files.ts'

export type Check = { name: string; ok: boolean; detail: string }

const gigabyte = 1024 ** 3

/** Looks at everything that a healthy instance needs; each check says what it saw. */
export async function examine(database: Database, config: Config, files: FileStore, pending: string[]): Promise<Check[]> {
  const checks = [
    runtime(),
    disk(config),
    await engine(database),
    { name: 'migrations', ok: pending.length === 0, detail: pending.length === 0 ? 'all have run' : `missing: ${pending.join(', ')}` },
  ]
  if (pending.length > 0) return checks
  return [...checks, await rowSecurity(database), await definerFunctions(database), await nobody(database), await storedFiles(database, files)]
}

const runtime = (): Check => ({ name: 'runtime', ok: Number(process.versions.node.split('.')[0]) >= 24, detail: `Node.js ${process.versions.node}` })

function disk(config: Config): Check {
  try {
    accessSync(config.data, constants.W_OK)
    const { bavail, bsize } = statfsSync(config.data)
    return { name: 'data folder', ok: bavail * bsize > gigabyte, detail: `${config.data}, ${((bavail * bsize) / gigabyte).toFixed(1)} GB free` }
  } catch (error) {
    return { name: 'data folder', ok: false, detail: (error as Error).message }
  }
}

async function engine(database: Database): Promise<Check> {
  const answer = await database.asOwner((db) =>
    sql<{ version: string; fsync: string }>`select current_setting('server_version') as version, current_setting('fsync') as fsync`.execute(db),
  )
  const row = answer.rows[0]
  return { name: 'database', ok: row?.fsync === 'on', detail: `${database.kind}, PostgreSQL ${row?.version ?? '?'}, fsync ${row?.fsync ?? '?'}` }
}

/** No table of ours without row-level security. */
async function rowSecurity(database: Database): Promise<Check> {
  const bare = await database.asOwner((db) =>
    sql<{ name: string }>`select c.oid::regclass::text as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
      where c.relkind in ('r', 'p') and n.nspname not like 'pg\\_%' and n.nspname <> 'information_schema' and not c.relrowsecurity order by 1`.execute(db),
  )
  const names = bare.rows.map(({ name }) => name)
  return { name: 'row security', ok: names.length === 0, detail: names.length === 0 ? 'on every table' : `missing on ${names.join(', ')}` }
}

/** A function that runs with the owner's rights must not be led astray by a search path. */
async function definerFunctions(database: Database): Promise<Check> {
  const loose = await database.asOwner((db) =>
    sql<{ name: string }>`select p.oid::regprocedure::text as name from pg_proc p join pg_namespace n on n.oid = p.pronamespace
      where p.prosecdef and n.nspname not in ('pg_catalog', 'information_schema') and not coalesce(array_to_string(p.proconfig, ','), '') like '%search_path=%' order by 1`.execute(
      db,
    ),
  )
  const names = loose.rows.map(({ name }) => name)
  return {
    name: 'definer functions',
    ok: names.length === 0,
    detail: names.length === 0 ? 'each with its own search path' : `without a search path: ${names.join(', ')}`,
  }
}

/** With no actor set the application's role must see nothing. */
async function nobody(database: Database): Promise<Check> {
  const answer = await database.read(thePublic, async (db) => {
    await sql`set local app.actor = ''`.execute(db)
    return sql<{ n: number }>`select count(*)::int as n from app.space`.execute(db)
  })
  const n = answer.rows[0]?.n ?? -1
  return { name: 'access', ok: n === 0, detail: n === 0 ? 'nobody sees nothing' : `an unset actor sees ${n} spaces` }
}

async function storedFiles(database: Database, files: FileStore): Promise<Check> {
  const rows = await database.asOwner((db: WriteScope) => sql<{ sha256: string }>`select distinct encode(sha256, 'hex') as sha256 from app.file`.execute(db))
  const missing: string[] = []
  for (const { sha256 } of rows.rows) if (!(await files.has(sha256))) missing.push(sha256.slice(0, 12))
  return { name: 'files', ok: missing.length === 0, detail: missing.length === 0 ? `${rows.rows.length}, all there` : `missing: ${missing.join(', ')}` }
}
