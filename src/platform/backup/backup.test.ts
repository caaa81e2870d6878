import { createHash } from 'node:crypto'
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { buffer } from 'node:stream/consumers'
import { createGunzip, gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { emptyEnvironment } from '../../../test/support/empty.ts'
import { sql, type EngineName } from '../../../test/support/world.ts'
import { everything, migrationOf, rowsOfEverything } from '../../../test/support/zoo.ts'
import { importer } from '../access/actor.ts'
import { readConfig } from '../config.ts'
import { openDatabase } from '../db/open.ts'
import { migrate, readMigrations } from '../db/migrate.ts'
import { Refusal } from '../errors.ts'
import { FileStore } from '../files/files.ts'
import { holdFile } from '../files/store.ts'
import { verifyLog } from '../log/chain.ts'
import { logAct } from '../log/log.ts'
import { backUp, type Instance } from './backup.ts'
import { restore } from './restore.ts'
import { readTar, writeTar, type TarPart } from './tar.ts'

const folder = mkdtempSync(join(tmpdir(), 'puente-backup-'))
const ends: (() => Promise<void>)[] = [async () => rmSync(folder, { recursive: true, force: true })]
afterAll(async () => {
  for (const end of ends.toReversed()) await end()
})

const silent = () => {}

/** An instance with nothing in it. */
async function emptyInstance(engine: EngineName): Promise<Instance & { data: string }> {
  const { env, data, drop } = await emptyEnvironment(engine)
  const database = await openDatabase(readConfig(env))
  ends.push(drop, () => database.close())
  return { database, files: new FileStore(data), data }
}

const afterwards = migrationOf('9001-afterwards.sql', 'create table zoo.later as select count(*)::int as rows from zoo.everything')
const ours = [...readMigrations(), everything]

/** Every table as text, by the database's own means and not by those of the backup; what names a transaction of its cluster is left out. */
async function contentOf({ database }: Instance): Promise<Record<string, unknown>> {
  return database.asOwner(async (db) => {
    await sql`set local timezone = 'UTC'`.execute(db)
    const tables = await sql<{ name: string; columns: string }>`
      select c.oid::regclass::text as name, (select string_agg('t.' || quote_ident(attname), ', ' order by attnum) from pg_attribute
        where attrelid = c.oid and attnum > 0 and not attisdropped and attname not in ('written', 'transaction')) as columns
      from pg_class c join pg_namespace n on n.oid = c.relnamespace where n.nspname in ('app', 'record', 'zoo') and c.relkind in ('r', 'm') order by 1`.execute(
      db,
    )
    const found: Record<string, unknown> = {}
    for (const { name, columns } of tables.rows)
      found[name] = (await sql<{ row: string }>`select row(${sql.raw(columns)})::text as row from only ${sql.raw(name)} t order by 1`.execute(db)).rows.map(
        ({ row }) => row,
      )
    return found
  })
}

/** All that holds the rows together, as text. */
async function structureOf({ database }: Instance): Promise<string[]> {
  const found = await database.asOwner((db) =>
    sql<{ line: string }>`
      select conrelid::regclass || ' ' || conname || ' ' || pg_get_constraintdef(oid) || ' ' || convalidated as line from pg_constraint where connamespace in ('zoo'::regnamespace, 'app'::regnamespace, 'record'::regnamespace)
      union all select tgrelid::regclass || ' ' || tgname || ' ' || tgenabled::text from pg_trigger where not tgisinternal
      union all select sequencename || ' ' || coalesce(last_value::text, 'unused') from pg_sequences where schemaname in ('zoo', 'app', 'record') order by 1`.execute(
      db,
    ),
  )
  return found.rows.map(({ line }) => line)
}

describe.each([
  ['embedded', 'postgres'],
  ['postgres', 'embedded'],
] as const)('from %s to %s', (from, to) => {
  let first: Instance
  let second: Instance & { data: string }
  beforeAll(async () => {
    first = await emptyInstance(from)
    second = await emptyInstance(to)
    await migrate(first.database, ours)
    await first.database.asOwner((db) => sql.raw(rowsOfEverything).execute(db))
    const [space] = (await first.database.asOwner((db) => sql<{ id: string }>`select id::text from app.space where name = 'record'`.execute(db))).rows
    for (const chain of ['network', 'test:b', 'test:a', 'test:aa'])
      await first.database.write(importer, (db) =>
        logAct(db, { chain, spaceId: space?.id ?? '', verb: 'test.done', object: { kind: 'test' }, payload: { words: ['\u0000', '🧬', '\n'] } }),
      )
    await backUp(first, join(folder, `${from}.tar.gz`), { force: false, say: silent })
  })

  test('every value comes over exactly, whatever the type, and nothing of what the migrations had put there stays', async () => {
    const restored = await restore(second, join(folder, `${from}.tar.gz`), { say: silent, migrations: [...ours, afterwards] })
    expect(restored.migrations).toEqual(['9001-afterwards.sql'])
    const { 'zoo.later': later, 'app.migration': migrations, ...rest } = await contentOf(second)
    const { 'app.migration': before, ...expected } = await contentOf(first)
    expect(rest).toEqual(expected)
    expect(later).toEqual(['(4)'])
    expect(migrations).toHaveLength(ours.length + 1)
    expect(migrations).toEqual(expect.arrayContaining(before as string[]))
  })

  test('constraints, triggers and sequences are as before, and the log verifies', async () => {
    expect(await structureOf(second)).toEqual(await structureOf(first))
    const next = (each: Instance) =>
      each.database.asOwner((db) =>
        sql`insert into zoo.everything (exact) values (1) returning id, nextval('zoo.ticket'), nextval('zoo.unused') as unused`.execute(db),
      )
    expect((await next(second)).rows).toEqual((await next(first)).rows)
    await expect(second.database.asOwner((db) => sql`insert into zoo.of_year values (1, 1)`.execute(db))).rejects.toMatchObject({ code: '23503' })
    expect(await verifyLog(second.database)).toMatchObject({ chains: 4, entries: 4, breaks: [] })
  })

  test('rows are stamped with a transaction of their new home, so that readers of the log find them', async () => {
    const [seen] = (
      await second.database.asOwner((db) =>
        sql<{ all: boolean }>`select bool_and(transaction < pg_snapshot_xmin(pg_current_snapshot())) as all from app.log_entry`.execute(db),
      )
    ).rows
    expect(seen).toEqual({ all: true })
  })
})

async function refusalOf(work: Promise<unknown>): Promise<Refusal> {
  const error = await work.then(
    () => undefined,
    (thrown: unknown) => thrown,
  )
  if (error instanceof Refusal) return error
  throw new Error('not refused', { cause: error })
}

const bytesOf = async function* (bytes: Uint8Array) {
  yield bytes
}

/** A migrated instance whose store holds a file. */
async function smallInstance() {
  const instance = await emptyInstance('postgres')
  await migrate(instance.database)
  const file = await instance.files.put(bytesOf(Buffer.from('kept')), { maxBytes: 100, accept: 'any' })
  const [space] = (await instance.database.asOwner((db) => sql<{ id: string }>`select id::text from app.space where name = 'record'`.execute(db))).rows
  await instance.database.asOwner((db) => holdFile(db, space?.id ?? '', 'kept.txt', file))
  return { ...instance, file, space: space?.id ?? '' }
}

describe('a backup', () => {
  const path = join(folder, 'made.tar.gz')
  const how = { force: false, say: silent }
  const left = () => readdirSync(folder).filter((name) => name.startsWith('made'))
  let instance: Awaited<ReturnType<typeof smallInstance>>
  beforeAll(async () => {
    instance = await smallInstance()
  })

  test('of an empty database is refused: it would be that of a wrong address', async () => {
    const empty = await emptyInstance('postgres')
    expect((await refusalOf(backUp(empty, path, how))).code).toBe('backup_nothing')
    expect(left()).toEqual([])
  })

  test('replaces what a killed one left, but no file that is there, also if it comes meanwhile', async () => {
    writeFileSync(`${path}.part`, 'half')
    const meanwhile = { ...how, say: () => writeFileSync(path, 'mine') }
    expect((await refusalOf(backUp(instance, path, meanwhile))).code).toBe('backup_exists')
    expect((await refusalOf(backUp(instance, path, how))).code).toBe('backup_exists')
    expect([left(), readFileSync(path, 'utf8')]).toEqual([['made.tar.gz'], 'mine'])
    await backUp(instance, path, { ...how, force: true })
    expect([left(), readFileSync(path).length > 1000]).toEqual([['made.tar.gz'], true])
    rmSync(path)
  })

  test('that another one overtakes gives way', async () => {
    // While the files are packed.
    const read = (sha256: string) => {
      rmSync(`${path}.part`, { force: true })
      writeFileSync(`${path}.part`, 'of the other')
      return instance.files.read(sha256)
    }
    const overtaken = { ...instance, files: Object.assign(new FileStore(instance.data), { read }) }
    expect((await refusalOf(backUp(overtaken, path, how))).code).toBe('backup_unwritable')
    expect([left(), readFileSync(`${path}.part`, 'utf8')]).toEqual([['made.tar.gz.part'], 'of the other'])
    rmSync(`${path}.part`)
  })

  test('where none can be written is refused', async () => {
    mkdirSync(`${path}.part`)
    for (const wrong of [join(folder, 'nowhere', 'made.tar.gz'), path]) {
      const refusal = await refusalOf(backUp(instance, wrong, how))
      expect(refusal).toMatchObject({ code: 'backup_unwritable', params: { path: wrong } })
    }
    rmSync(`${path}.part`, { recursive: true })
    expect(left()).toEqual([])
  })

  test('says which files are missing or rotten, and holds the rest', async () => {
    const lost = { sha256: 'ab'.repeat(32), bytes: 3, mediaType: 'text/plain' }
    await instance.database.asOwner((db) => holdFile(db, instance.space, 'lost.txt', lost))
    expect(await backUp(instance, path, how)).toMatchObject({ files: 1, missing: [lost.sha256] })
    const target = await emptyInstance('postgres')
    expect(await restore(target, path, { say: silent })).toMatchObject({ files: 1, missing: [lost.sha256] })
    expect(await buffer(target.files.read(instance.file.sha256))).toEqual(Buffer.from('kept'))
    rmSync(path)
    writeFileSync(join(instance.data, 'files', instance.file.sha256.slice(0, 2), instance.file.sha256), 'rott')
    expect((await backUp(instance, path, how)).missing.toSorted()).toEqual([lost.sha256, instance.file.sha256].toSorted())
  })
})

describe('a restore', () => {
  const good = join(folder, 'good.tar.gz')
  let target: Awaited<ReturnType<typeof emptyInstance>>
  let parts: [string, Buffer][]
  beforeAll(async () => {
    await backUp(await smallInstance(), good, { force: false, say: silent })
    target = await emptyInstance('postgres')
    parts = []
    const unpacked = createGunzip()
    unpacked.end(readFileSync(good))
    for await (const { name, content } of readTar(unpacked)) parts.push([name, await buffer(content)])
  })

  const nothingIsLeft = async () => {
    const found = await target.database.asOwner((db) => sql`select nspname from pg_namespace where nspname in ('app', 'record')`.execute(db))
    expect([found.rows, readdirSync(target.data, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile())]).toEqual([[], []])
  }
  const refusedAs = async (path: string) => {
    const refusal = await refusalOf(restore(target, path, { say: silent }))
    await nothingIsLeft()
    return refusal
  }
  const written = (bytes: Uint8Array): string => {
    const path = join(folder, 'bad.tar.gz')
    writeFileSync(path, bytes)
    return path
  }
  /** Packs the parts again, some of them changed. */
  const packed = async (change: (name: string, bytes: Buffer) => Buffer | undefined): Promise<string> => {
    async function* changed(): AsyncGenerator<TarPart> {
      for (const [name, bytes] of parts) {
        const now = change(name, bytes)
        if (now) yield { name, size: now.length, content: bytesOf(now) }
      }
    }
    return written(gzipSync(await buffer(writeTar(changed(), 0))))
  }
  const manifestWith = (change: (manifest: Record<string, unknown>) => object) => (name: string, bytes: Buffer) =>
    name === 'manifest.json'
      ? Buffer.from(JSON.stringify({ ...JSON.parse(bytes.toString()), ...change(JSON.parse(bytes.toString()) as Record<string, unknown>) }))
      : bytes

  test('of an archive with one byte changed anywhere is refused, and nothing is left', async () => {
    const bytes = readFileSync(good)
    for (let at = 10; at < bytes.length; at += Math.ceil(bytes.length / 25)) {
      const bad = Buffer.from(bytes)
      bad[at] = (bad[at] ?? 0) ^ 0x10
      expect(['backup_damaged', 'backup_unknown'], `byte ${at}`).toContain((await refusedAs(written(bad))).code)
    }
  })

  test('of an archive cut short anywhere is refused, and nothing is left', async () => {
    const bytes = readFileSync(good)
    for (const length of [0, 1, 17, 300, bytes.length >> 1, bytes.length - 100, bytes.length - 8, bytes.length - 1])
      expect(['backup_damaged', 'backup_unknown'], `${length} bytes`).toContain((await refusedAs(written(bytes.subarray(0, length)))).code)
  })

  test.each([
    ['text', Buffer.from('a letter')],
    ['packed text', gzipSync('a letter'.repeat(1000))],
    ['zeros', gzipSync(Buffer.alloc(4096))],
  ])('of %s is refused', async (_, bytes) => {
    expect((await refusedAs(written(bytes))).code).toBe('backup_unknown')
  })

  test('of an archive of other things is refused', async () => {
    expect((await refusedAs(await packed((name, bytes) => (name === 'manifest.json' ? undefined : bytes)))).code).toBe('backup_unknown')
    expect((await refusedAs(await packed(manifestWith(() => ({ kind: 'other' }))))).code).toBe('backup_unknown')
  })

  test('of what is not there, or not a file, is refused', async () => {
    expect((await refusedAs(join(folder, 'nowhere'))).code).toBe('backup_unreadable')
    expect((await refusedAs(folder)).code).toBe('backup_unreadable')
  })

  test('of a later form is refused, naming the version that made it', async () => {
    expect(await refusedAs(await packed(manifestWith(() => ({ format: 2, application: '9.1.0', tables: 'otherwise' }))))).toMatchObject({
      code: 'backup_newer',
      params: { version: '9.1.0' },
    })
  })

  test('with migrations that this version lacks or has otherwise is refused, naming them', async () => {
    const [first, ...rest] = readMigrations().map(({ name, checksum }) => ({ name, checksum }))
    const later = { name: '9999-later.sql', checksum: 'x' }
    expect(await refusedAs(await packed(manifestWith(() => ({ migrations: [first, ...rest, later] }))))).toMatchObject({
      code: 'backup_unfit',
      params: { names: later.name },
    })
    expect(await refusedAs(await packed(manifestWith(() => ({ migrations: [{ ...first, checksum: 'x' }, ...rest] }))))).toMatchObject({
      code: 'backup_unfit',
      params: { names: first?.name },
    })
  })

  test('with a part that is changed, lacking or too much is refused, naming it', async () => {
    const change = (wanted: string) => packed((name, bytes) => (name === wanted ? Buffer.from(bytes.map((byte) => (byte === 0x65 ? 0x66 : byte))) : bytes))
    const file = parts.at(-1)?.[0] ?? ''
    for (const name of ['tables/app.space.ndjson', file])
      expect(await refusedAs(await change(name))).toMatchObject({ code: 'backup_damaged', params: { reason: name } })
    expect(await refusedAs(await packed((name, bytes) => (name === file ? undefined : bytes)))).toMatchObject({ params: { reason: file } })
    expect(await refusedAs(await packed(manifestWith(() => ({ files: [] }))))).toMatchObject({ code: 'backup_damaged', params: { reason: file } })
  })

  test('of rows that do not fit together is refused by the database, and nothing is left', async () => {
    const none = createHash('sha256').digest('hex')
    const emptied = manifestWith(({ tables }) => ({
      tables: (tables as { name: string }[]).map((table) => (table.name === 'space' ? { ...table, rows: 0, bytes: 0, sha256: none } : table)),
    }))
    const path = await packed((name, bytes) => (name === 'tables/app.space.ndjson' ? Buffer.alloc(0) : emptied(name, bytes)))
    expect(await refusedAs(path)).toMatchObject({ code: 'backup_damaged', params: { reason: expect.stringContaining('foreign key') } })
  })

  test('into a store that holds other files is refused; files of the same backup, left by a restore that was killed, do no harm', async () => {
    const other = await target.files.put(bytesOf(Buffer.from('other')), { maxBytes: 100, accept: 'any' })
    expect((await refusalOf(restore(target, good, { say: silent }))).code).toBe('restore_not_empty')
    await target.files.discard(other.sha256)
    await target.files.put(bytesOf(Buffer.from('kept')), { maxBytes: 100, accept: 'any' })
    expect(await restore(target, good, { say: silent })).toMatchObject({ files: 1 })
    expect((await refusalOf(restore(target, good, { say: silent }))).code).toBe('restore_not_empty')
  })
})

describe('an archive', () => {
  test('may hold files larger than eight gigabytes', async () => {
    const size = 9 * 1024 ** 3
    const header = await writeTar(bytesOfPart({ name: 'large', size, content: bytesOf(Buffer.alloc(0)) }), 0).next()
    const read = await readTar(bytesOf(header.value as Uint8Array)).next()
    expect(read.value).toMatchObject({ name: 'large', size })
  })

  test('is not made of a part that is not as long as it says', async () => {
    await expect(buffer(writeTar(bytesOfPart({ name: 'short', size: 5, content: bytesOf(Buffer.alloc(4)) }), 0))).rejects.toThrow(
      'short has 4 bytes instead of 5',
    )
  })
})

async function* bytesOfPart(part: TarPart) {
  yield part
}
