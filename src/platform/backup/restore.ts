import type { WriteScope } from '../db/database.ts'
import { prepareDatabase, readMigrations, runMigration, type Migration } from '../db/migrate.ts'
import { refuse } from '../errors.ts'
import { asDamage, checkArchive, readManifest, readParts, type Archive } from './archive.ts'
import { carried, progress, type Carried, type Instance } from './backup.ts'
import { isMigrated, listTables, nameOf, speakAsUsual, speakExactly, type TableShape } from './catalog.ts'
import { refuseOtherMigrations, type Manifest } from './manifest.ts'
import { emptyTables, refreshViews, setSequences, withoutHindrance } from './refill.ts'
import { readRows, writeRows } from './rows.ts'

export type Restored = Omit<Carried, 'bytes'> & { created: string; application: string; migrations: string[]; missing: string[] }

type How = { say: (line: string) => void; keys?: readonly string[] | undefined; migrations?: readonly Migration[] }

/**
 * Fills an empty instance from a backup, of either engine. The database is filled in one transaction, migrations included: whatever goes wrong, it is as
 * empty afterwards as before, and the restore can be repeated.
 *
 * @param path of the archive, absolute
 * @param how.say called with a line for each step
 * @param how.keys secret keys, for an archive that is encrypted
 * @param how.migrations those of this version; the first of them must be those of the backup, the others run once the rows are in
 * @returns what was put in, and which migrations ran afterwards
 * @throws Refusal `restore_not_empty`, `backup_unreadable`, `backup_unknown`, `backup_newer`, `backup_unfit`, `backup_damaged`, `backup_encrypted`,
 *   `backup_not_encrypted`, `backup_key_wrong`, `database_unusable`
 */
export async function restore(instance: Instance, path: string, { say, keys, migrations = readMigrations() }: How): Promise<Restored> {
  const archive = { path, keys }
  const { database, files } = instance
  await database.asOwner((db) => refuseContent(db))
  const manifest = await readManifest(archive)
  say('Checking the backup …')
  // Before anything is concluded from what it says: a damaged one says anything.
  await checkArchive(archive, manifest)
  refuseOtherMigrations(path, manifest, migrations)
  await refuseOtherFiles(instance, manifest)
  const added: string[] = []
  try {
    await database.asOwner(async (db) => {
      // Holds the lock of the migrations to the end: a server that starts meanwhile waits, and one that started before is found out.
      await prepareDatabase(db, database.kind)
      await refuseContent(db)
      for (const migration of migrations.slice(0, manifest.migrations.length)) await runMigration(db, migration)
      await fill(db, instance, archive, manifest, { say, added })
      for (const migration of migrations.slice(manifest.migrations.length)) await runMigration(db, migration)
    })
  } catch (error) {
    // Where the connection broke off in the very end, everything may be in place.
    const isEmpty = await database
      .asOwner((db) => refuseContent(db))
      .then(
        () => true,
        () => false,
      )
    if (isEmpty) for (const sha256 of added) await files.discard(sha256)
    throw asDamage(path, error)
  }
  await database.enterAppRole()
  const { created, application, missing } = manifest
  return { ...carried(manifest), created, application, missing, migrations: migrations.slice(manifest.migrations.length).map(({ name }) => name) }
}

/** A table of migrations with nothing in it is what a migration leaves that was killed before its first step. */
async function refuseContent(db: WriteScope) {
  const others = (await listTables(db)).filter((table) => nameOf(table) !== 'app.migration')
  if (others.length > 0 || (await isMigrated(db))) throw refuse('restore_not_empty')
}

/** A restore that was killed may have left files. Those of the same backup do no harm: they are kept by their content. */
async function refuseOtherFiles({ files }: Instance, manifest: Manifest) {
  const known = new Set(manifest.files.map(({ sha256 }) => sha256))
  for await (const sha256 of files.list()) if (!known.has(sha256)) throw refuse('restore_not_empty')
}

type Filling = { say: (line: string) => void; added: string[] }

async function fill(db: WriteScope, { files }: Instance, archive: Archive, manifest: Manifest, { say, added }: Filling) {
  const { path } = archive
  await speakExactly(db)
  const tables = matchTables(await listTables(db), manifest, path)
  await withoutHindrance(db, async () => {
    await emptyTables(db, tables)
    for await (const part of readParts(archive, manifest)) {
      if ('table' in part) {
        const name = nameOf(part.table)
        say(`${name}: ${part.table.rows} rows`)
        await writeRows(db, shapeOf(tables, name), part.content, progress(name, say))
      } else {
        const isNew = !(await files.has(part.file.sha256))
        const kept = await files.put(part.content, { maxBytes: part.file.bytes, accept: 'any' })
        if (isNew) added.push(kept.sha256)
      }
    }
    await setSequences(db, manifest.sequences)
  })
  say('Comparing what was loaded with the backup …')
  for (const table of manifest.tables) {
    const { rows, sha256 } = await readRows(db, shapeOf(tables, nameOf(table)), () => {})
    if (rows !== table.rows || sha256 !== table.sha256) throw refuse('backup_damaged', { path, reason: `${nameOf(table)} is not the same after loading` })
  }
  await refreshViews(db)
  await speakAsUsual(db)
}

/** The migrations are the same, so the tables are, unless somebody changed them by hand. */
function matchTables(ours: TableShape[], manifest: Manifest, path: string): TableShape[] {
  const describe = ({ schema, name, columns }: Pick<TableShape, 'schema' | 'name' | 'columns'>) =>
    `${schema}.${name} (${columns.map((column) => `${column.name} ${column.type}`).join(', ')})`
  const mine = new Set(ours.map(describe))
  const theirs = new Set(manifest.tables.map(describe))
  const different = [...mine, ...theirs].filter((each) => !(mine.has(each) && theirs.has(each)))
  if (different.length > 0) throw refuse('backup_unfit', { path, version: manifest.application, names: different.join('; ') })
  return ours
}

function shapeOf(tables: TableShape[], name: string): TableShape {
  const found = tables.find((table) => nameOf(table) === name)
  if (!found) throw new Error(`no table ${name}`)
  return found
}
