import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { migrate, pendingMigrations, readMigrations } from '../src/platform/db/migrate.ts'
import { root } from '../src/platform/root.ts'
import { pillars } from '../src/modules/members/schema/kinds.ts'
import { describeSchema } from './support/schema.ts'
import { onBothEngines, sql } from './support/world.ts'

onBothEngines('the schema', (world) => {
  test('is what db/schema.sql says', async () => {
    const path = join(root, 'db', 'schema.sql')
    const text = await describeSchema(world())
    if (process.env['APPROVE'] === '1') writeFileSync(path, text)
    expect(text, 'run with APPROVE=1 after changing a migration').toBe(readFileSync(path, 'utf8'))
  })

  test('has row security, a comment and an owner apart on every table', async () => {
    const text = await describeSchema(world())
    expect(text).not.toContain('-- OPEN')
    expect(text).not.toContain('-- no comment')
    const owners = await world().rows(
      sql<{ owner: string }>`select distinct tableowner as owner from pg_tables where schemaname in ('app', 'record', 'auth', 'members')`,
    )
    expect(owners.map(({ owner }) => owner)).not.toContain('puente_app')
  })

  test('has an index for the members of each pillar', async () => {
    const found = await world().rows(
      sql<{ pillar: string }>`select substring(indexdef from $$ -> '([a-z-]+)'$$) as pillar from pg_indexes where indexname like 'organization\\_in\\_%'`,
    )
    expect(found.map(({ pillar }) => pillar).toSorted()).toEqual([...pillars].toSorted())
  })

  test('migrating again does nothing; a migration changed afterwards, or a later one, is refused', async () => {
    expect(await migrate(world().database)).toEqual([])
    expect(await pendingMigrations(world().database)).toEqual([])
    const changed = readMigrations().map((migration) => ({ ...migration, checksum: 'other' }))
    await expect(migrate(world().database, changed)).rejects.toMatchObject({ code: 'database_unusable' })
    await expect(migrate(world().database, readMigrations().slice(0, 1))).rejects.toMatchObject({ code: 'database_unusable' })
  })

  test('a migration that fails leaves nothing behind', async () => {
    const broken = [...readMigrations(), { name: '9999-broken.sql', checksum: 'x', text: 'create table record.half (a int); select 1 / 0' }]
    await expect(migrate(world().database, broken)).rejects.toMatchObject({ code: '22012' })
    expect(
      await world().rows(sql`select to_regclass('record.half') as half, (select count(*)::int from app.migration where name = '9999-broken.sql') as listed`),
    ).toEqual([{ half: null, listed: 0 }])
  })
})
