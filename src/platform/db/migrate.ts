import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { sql } from 'kysely'
import { refuse } from '../errors.ts'
import { root } from '../root.ts'
import { appRole, authRole, type Database, type WriteScope } from './database.ts'

export type Migration = { name: string; text: string; checksum: string }

const lockNumber = 7_822_683 // any number, the same in every process

/** The migrations of this version, in the order in which they run. */
export function readMigrations(directory = join(root, 'db', 'migrations')): Migration[] {
  return readdirSync(directory)
    .filter((name) => /^\d{4}-[a-z0-9-]+\.sql$/.test(name))
    .sort()
    .map((name) => {
      const text = readFileSync(join(directory, name), 'utf8')
      return { name, text, checksum: createHash('sha256').update(text).digest('hex') }
    })
}

/**
 * Brings the database up to this version, each migration in a transaction of its own. Two processes may call it at once; the second waits and finds nothing to do.
 *
 * @param onStep called with the name of each migration before it runs
 * @returns the names of those that ran
 * @throws Refusal `database_unusable` when a role of the application is missing, a migration that ran was changed since, or the database is of a later version
 */
export async function migrate(database: Database, migrations = readMigrations(), onStep: (name: string) => void = () => {}): Promise<string[]> {
  await database.asOwner((db) => prepareDatabase(db, database.kind))
  await database.enterAppRole()
  const ran: string[] = []
  for (const migration of migrations) {
    const isNew = await database.asOwner(async (db) => {
      await sql`select pg_advisory_xact_lock(${lockNumber})`.execute(db)
      if (await hasRun(db, migration)) return false
      onStep(migration.name)
      await runMigration(db, migration)
      return true
    })
    if (isNew) ran.push(migration.name)
  }
  await refuseLater(database, migrations)
  return ran
}

/** The migrations of this version that the database has not had yet. */
export async function pendingMigrations(database: Database, migrations = readMigrations()): Promise<string[]> {
  return database.asOwner(async (db) => {
    const names = await appliedNames(db)
    return migrations.map(({ name }) => name).filter((name) => !names.includes(name))
  })
}

/**
 * Makes what the first migration stands on, if it is not there yet, and keeps other processes from migrating until the end of the transaction.
 *
 * @throws Refusal `database_unusable` when a role of the application is missing
 */
export async function prepareDatabase(db: WriteScope, kind: Database['kind']): Promise<void> {
  await sql`select pg_advisory_xact_lock(${lockNumber})`.execute(db)
  for (const role of [appRole, authRole]) {
    const found = await sql`select 1 from pg_roles where rolname = ${role}`.execute(db)
    if (found.rows.length > 0) continue
    // A plain owner may not make roles; on a server that is the administrator's to do, once.
    if (kind === 'postgres') throw refuse('database_unusable', { reason: `the role ${role} is missing; see "PostgreSQL" in docs/operating.md` })
    await sql.raw(`create role ${role} nologin`).execute(db)
  }
  await sql.raw('create schema if not exists app').execute(db)
  await sql
    .raw(
      `create table if not exists app.migration (name text primary key, checksum text not null, applied_at timestamptz not null default now());
       comment on table app.migration is 'Which migrations this database has had; a later change to one that ran is refused.';
       alter table app.migration enable row level security`,
    )
    .execute(db)
}

/** Runs a migration that the database has not had, in the transaction at hand. */
export async function runMigration(db: WriteScope, { name, text, checksum }: Migration): Promise<void> {
  await sql.raw(text).execute(db)
  await sql`insert into app.migration (name, checksum) values (${name}, ${checksum})`.execute(db)
}

async function hasRun(db: WriteScope, migration: Migration): Promise<boolean> {
  const row = await db.selectFrom('app.migration').select('checksum').where('name', '=', migration.name).executeTakeFirst()
  if (row && row.checksum !== migration.checksum) {
    throw refuse('database_unusable', { reason: `the migration ${migration.name} was changed after it ran here; restore the file` })
  }
  return row !== undefined
}

async function appliedNames(db: WriteScope): Promise<string[]> {
  const exists = await sql<{ found: boolean }>`select to_regclass('app.migration') is not null as found`.execute(db)
  if (!exists.rows[0]?.found) return []
  const rows = await db.selectFrom('app.migration').select('name').execute()
  return rows.map(({ name }) => name)
}

async function refuseLater(database: Database, migrations: Migration[]) {
  const known = new Set(migrations.map(({ name }) => name))
  const later = (await database.asOwner(appliedNames)).filter((name) => !known.has(name))
  if (later.length > 0) throw refuse('database_unusable', { reason: `it was made by a later version of Puente (${later.join(', ')}); start that version` })
}
