import { describe, expect, test } from 'vitest'
import { onBothEngines, sql, type World } from '../../../test/support/world.ts'
import { importer, thePublic, type Actor } from '../access/actor.ts'
import { newId } from '../id.ts'
import { entryHash, examineEntry, verifyLog, type StoredEntry } from './chain.ts'
import { logAct } from './log.ts'

async function spaceNamed(world: World, name: string): Promise<string> {
  const [row] = await world.rows(sql<{ id: string }>`select id::text from app.space where name = ${name}`)
  if (row === undefined) throw new Error(`no space ${name}`)
  return row.id
}

/** Adds an entry as an actor would. @returns its id */
async function act(world: World, chain: string, payload: unknown = { said: 'Hợp tác 合作' }, actor: Actor = importer, spaceId?: string): Promise<string> {
  const space = spaceId ?? (await spaceNamed(world, 'record'))
  return world.database.write(actor, (db) => logAct(db, { chain, spaceId: space, verb: 'test.done', object: { kind: 'test', id: newId() }, payload }))
}

/** A chain of its own with three entries. */
async function chainOfThree(world: World) {
  const chain = `test:${newId()}`
  const ids = [await act(world, chain), await act(world, chain), await act(world, chain)]
  return { chain, first: ids[0] ?? '', second: ids[1] ?? '', third: ids[2] ?? '' }
}

async function breaksOf(world: World, chain: string, batch?: number): Promise<string[]> {
  const { breaks } = await verifyLog(world.database, () => {}, batch)
  return breaks.filter((found) => found.chain === chain).map(({ number, what }) => `${number} ${what}`)
}

onBothEngines('the log', (world) => {
  test('of the loaded record verifies', async () => {
    const found = await verifyLog(world().database)
    expect(found.breaks).toEqual([])
    expect(found.withheld).toBe(0)
    expect(found.entries).toBeGreaterThan(0)
    expect(await world().rows(sql`select count(*)::int as entries, count(distinct chain)::int as chains from app.log_entry`)).toEqual([
      { entries: found.entries, chains: found.chains },
    ])
  })

  test('keeps who did what to which thing, and the change', async () => {
    const organizationId = newId()
    const object = { kind: 'test', id: newId() }
    const payload = { words: 'Điện "Biên"\n北京', number: 1.5, nothing: null, list: ['\u0000', '🧬'] }
    const spaceId = await spaceNamed(world(), 'record')
    const entry = { chain: `test:${newId()}`, spaceId, organizationId, verb: 'test.well-done', object, payload }
    const id = await world().database.write(importer, (db) => logAct(db, entry))
    const [kept] = await world().rows(sql<{ payload: string }>`
      select e.actor, e.number::int, e.verb, e.object_kind, e.object_id::text, e.organization_id::text, p.payload
      from app.log_entry e join app.log_payload p on p.entry_id = e.id where e.id = ${id}`)
    expect(kept).toMatchObject({
      actor: 'system:importer',
      number: 1,
      verb: entry.verb,
      object_kind: 'test',
      object_id: object.id,
      organization_id: organizationId,
    })
    expect(JSON.parse(kept?.payload ?? '')).toEqual(payload)
    expect(await breaksOf(world(), entry.chain)).toEqual([])
  })

  test('verifies in batches of any size', async () => {
    const { chain } = await chainOfThree(world())
    const whole = await verifyLog(world().database)
    for (const batch of [1, 2, 3]) {
      const seen: number[] = []
      expect(await verifyLog(world().database, (entries) => void seen.push(entries), batch)).toEqual(whole)
      expect(seen.at(-1)).toBe(whole.entries)
    }
    expect(await breaksOf(world(), chain)).toEqual([])
  })

  test('has nothing of an act that was called off', async () => {
    const chain = `test:${newId()}`
    const spaceId = await spaceNamed(world(), 'record')
    const calledOff = world().database.write(importer, async (db) => {
      await logAct(db, { chain, spaceId, verb: 'test.done', object: { kind: 'test' }, payload: {} })
      throw new Error('called off')
    })
    await expect(calledOff).rejects.toThrow('called off')
    expect(await world().rows(sql`select chain from app.log_chain where chain = ${chain}`)).toEqual([])
  })

  test('stays whole when twenty write at once', async () => {
    const chain = `test:${newId()}`
    const before = await verifyLog(world().database)
    await Promise.all(Array.from({ length: 20 }, (_, index) => act(world(), chain, { index })))
    const after = await verifyLog(world().database)
    expect(after.entries - before.entries).toBe(20)
    expect(after.breaks).toEqual(before.breaks)
    const numbers = await world().rows(sql<{ number: number }>`select number::int from app.log_entry where chain = ${chain} order by number`)
    expect(numbers.map(({ number }) => number)).toEqual(Array.from({ length: 20 }, (_, index) => index + 1))
  })
})

onBothEngines('the log shows that the owner of the tables', (world) => {
  const asOwner = (statement: ReturnType<typeof sql>) => world().database.asOwner((db) => statement.execute(db))

  test.each([
    ['verb', sql`verb = 'test.undone'`],
    ['actor', sql`actor = 'system:operator'`],
    ['time', sql`at = at + interval '1 microsecond'`],
    ['object', sql`object_id = gen_random_uuid()`],
    ['organization', sql`organization_id = gen_random_uuid()`],
    ['kind', sql`object_kind = 'other'`],
  ])('changed the %s of an entry', async (_, change) => {
    const { chain, second } = await chainOfThree(world())
    await asOwner(sql`update app.log_entry set ${change} where id = ${second}`)
    expect(await breaksOf(world(), chain)).toEqual(['2 hash'])
    expect(await breaksOf(world(), chain, 1)).toEqual(['2 hash'])
  })

  test('changed an entry and made its hash anew', async () => {
    const { chain, second } = await chainOfThree(world())
    await asOwner(sql`update app.log_entry set verb = 'test.undone' where id = ${second}`)
    await asOwner(sql`update app.log_entry e set hash = app.log_hash(e) where id = ${second}`)
    expect(await breaksOf(world(), chain)).toEqual(['3 previous'])
  })

  test('changed what was done', async () => {
    const { chain, second } = await chainOfThree(world())
    await asOwner(sql`update app.log_payload set payload = '{"said":"something else"}' where entry_id = ${second}`)
    expect(await breaksOf(world(), chain)).toEqual(['2 payload'])
  })

  test('changed the salt', async () => {
    const { chain, first } = await chainOfThree(world())
    await asOwner(sql`update app.log_payload set salt = sha256(salt) where entry_id = ${first}`)
    expect(await breaksOf(world(), chain)).toEqual(['1 payload'])
  })

  test.each([
    ['first', ['2 number', '2 previous']],
    ['second', ['3 number', '3 previous']],
    ['third', ['3 head']],
  ] as const)('deleted the %s entry', async (which, breaks) => {
    const { chain, ...ids } = await chainOfThree(world())
    await asOwner(sql`delete from app.log_payload where entry_id = ${ids[which]}`)
    await asOwner(sql`delete from app.log_entry where id = ${ids[which]}`)
    expect(await breaksOf(world(), chain)).toEqual(breaks)
  })

  test('erased what was done, which breaks nothing', async () => {
    const { chain, third } = await chainOfThree(world())
    const before = await verifyLog(world().database)
    await asOwner(sql`delete from app.log_payload where entry_id = ${third}`)
    const after = await verifyLog(world().database)
    expect(after).toEqual({ ...before, withheld: before.withheld + 1 })
    expect(await breaksOf(world(), chain)).toEqual([])
  })
})

onBothEngines('the log lets the application', (world) => {
  test.each([
    ['change an entry', sql`update app.log_entry set verb = 'test.undone'`],
    ['delete an entry', sql`delete from app.log_entry`],
    ['add an entry by itself', sql`insert into app.log_entry (id) values (gen_random_uuid())`],
    ['change what was done', sql`update app.log_payload set payload = '{}'`],
    ['erase what was done', sql`delete from app.log_payload`],
    ['see the heads of the chains', sql`select * from app.log_chain`],
    ['move the head of a chain', sql`update app.log_chain set entries = 0`],
    ['empty the log', sql`truncate app.log_entry cascade`],
    ['grant itself a space', sql`insert into app.space_grant (space_id, grantee, scope) select id, 'public', 'write' from app.space`],
  ])('not %s', async (_, statement) => {
    const before = await verifyLog(world().database)
    await expect(world().database.write(importer, (db) => statement.execute(db))).rejects.toMatchObject({ code: '42501' })
    expect(await verifyLog(world().database)).toEqual(before)
  })

  test('not write for a space that the actor may not write in', async () => {
    const record = await spaceNamed(world(), 'record')
    await expect(act(world(), 'network', {}, thePublic, record)).rejects.toMatchObject({ code: '42501' })
    await expect(act(world(), 'network', {}, importer, newId())).rejects.toMatchObject({ code: '42501' })
  })

  test('not write while it reads', async () => {
    const spaceId = await spaceNamed(world(), 'record')
    const reading = world().database.read(importer, (db) =>
      sql`select app.log_append(${newId()}, 'network', ${spaceId}, null, 'test.done', 'test', null, ${Buffer.alloc(32)}, '{}')`.execute(db),
    )
    await expect(reading).rejects.toMatchObject({ code: '25006' })
  })

  test('see the entries of the spaces that the actor may read, and no others', async () => {
    const desk = await spaceNamed(world(), 'desk')
    const hidden = await act(world(), 'network', { secret: true }, thePublic, desk)
    const seenBy = (actor: Actor) =>
      world().database.read(actor, async (db) => {
        const entries = await sql`select id from app.log_entry where id = ${hidden}`.execute(db)
        const payloads = await sql`select entry_id from app.log_payload where entry_id = ${hidden}`.execute(db)
        return [entries.rows.length, payloads.rows.length]
      })
    expect(await seenBy(thePublic)).toEqual([0, 0])
    expect(await seenBy(importer)).toEqual([1, 1])
  })
})

describe('an entry', () => {
  const entry: StoredEntry = {
    chain: 'network',
    number: '1',
    id: '0192f3a0-0000-7000-8000-000000000001',
    at: '2024-09-10T08:00:00.000000Z',
    actor: 'system:importer',
    organization: null,
    verb: 'record.imported',
    kind: 'record',
    object: null,
    commitment: 'aa',
    previous: '',
    hash: '',
    salt: null,
    payload: null,
  }
  const sealed = { ...entry, hash: entryHash(entry) }

  test('has the hash that it has always had', () => {
    expect(entryHash(entry)).toBe('52c953af9cf2336f865702cbe6f748d8e0399f065b234eaa5c7cf06580c82c2e')
  })

  test('fits the one before it or is broken in every way in which it does not', () => {
    expect(examineEntry(sealed, { number: 0n, hash: '' })).toEqual([])
    const wrong = examineEntry({ ...sealed, actor: 'public', salt: 'bb', payload: '{}' }, { number: 5n, hash: 'cc' })
    expect(wrong.map(({ what }) => what)).toEqual(['number', 'previous', 'hash', 'payload'])
  })
})
