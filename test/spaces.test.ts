import { beforeAll, expect, test } from 'vitest'
import type { Actor } from '../src/platform/access/actor.ts'
import { beginPeriod, grantsOf, letIn, letOut, makeSpace, makeSubSpace, newestPeriod } from '../src/platform/access/spaces.ts'
import { newId } from '../src/platform/id.ts'
import { logAct } from '../src/platform/log/log.ts'
import { makeMember, makeMemberPerson } from './support/members.ts'
import { makeSomebody, type Somebody } from './support/persons.ts'
import { onBothEngines, sql } from './support/world.ts'

const day = (offset: number) => new Date(Date.now() + offset * 86_400_000)

/** A dossier as later modules make it, of nothing but spaces; what is written in it are entries of the log, which lie in its space like any other row. */
onBothEngines('a dossier of several parties', (world) => {
  let [ana, bao, quality, chi, guest] = [] as Somebody[]
  let [hospital, institute, third] = ['', '', '']
  const [dossier, side, price] = [newId(), newId(), newId()]
  const actor = (somebody: Somebody | undefined): Actor => ({ kind: 'person', id: somebody?.id ?? '', name: '', language: 'en', session: '' })
  const idOf = async (key: string) => (await world().rows(sql<{ id: string }>`select id from members.organization where key = ${key}`))[0]?.id ?? ''
  const write = async (somebody: Somebody | undefined, space: string, word: string) =>
    world().database.write(actor(somebody), (db) =>
      logAct(db, { chain: `dossier:${dossier}`, spaceId: space, verb: 'test.word.said', object: { kind: 'word' }, payload: { word } }),
    )
  /** What somebody reads of all that was said, in its order. */
  const reads = async (somebody: Somebody | undefined) => {
    const { rows } = await world().database.read(actor(somebody), (db) =>
      sql<{ word: string }>`select p.payload::json ->> 'word' as word from app.log_payload p join app.log_entry e on e.id = p.entry_id
        where e.verb = 'test.word.said' order by e.position`.execute(db),
    )
    return rows.map(({ word }) => word)
  }
  const as = <T>(somebody: Somebody | undefined, act: Parameters<ReturnType<typeof world>['database']['write']>[1]) =>
    world().database.write(actor(somebody), act) as Promise<T>
  const refused = (attempt: Promise<unknown>, code: string, constraint?: string) =>
    expect(attempt).rejects.toMatchObject({ code, ...(constraint && { constraint }) })

  beforeAll(async () => {
    await makeSomebody(world(), 'Luz', ['secretariat', 'administrator'])
    const keys = [await makeMember(world(), 'Example Hospital'), await makeMember(world(), 'Example Institute'), await makeMember(world(), 'Example Plant')]
    ana = await makeMemberPerson(world(), keys[0] ?? '', 'Ana', 'editor')
    quality = await makeMemberPerson(world(), keys[0] ?? '', 'Quế', 'quality')
    bao = await makeMemberPerson(world(), keys[1] ?? '', 'Bảo', 'editor')
    chi = await makeMemberPerson(world(), keys[2] ?? '', 'Chi', 'editor')
    guest = await makeSomebody(world(), 'Gia', [])
    ;[hospital, institute, third] = [await idOf(keys[0] ?? ''), await idOf(keys[1] ?? ''), await idOf(keys[2] ?? '')]
  })

  test('is seen by its parties, and a part of it by those whom it and that part let in', async () => {
    await as(ana, (db) =>
      makeSpace(db, dossier, `dossier-${dossier}`, [
        ...grantsOf(`organization:${hospital}`, 'read', 'add', 'own'),
        ...grantsOf(`organization:${institute}`, 'read', 'add'),
      ]),
    )
    await as(ana, (db) => makeSubSpace(db, side, `side-${side}`, dossier, grantsOf(`organization:${hospital}`, 'read', 'add', 'own')))
    await as(bao, (db) => makeSubSpace(db, price, `price-${price}`, dossier, grantsOf(`role:${institute}:editor`, 'read', 'add', 'own')))
    await as(bao, (db) => letIn(db, price, { grantee: `role:${hospital}:quality`, scope: 'read' }))
    await write(ana, dossier, 'to both')
    await write(quality, side, 'among us')
    await write(bao, price, 'the price')
    expect([await reads(ana), await reads(quality), await reads(bao), await reads(chi)]).toEqual([
      ['to both', 'among us'],
      ['to both', 'among us', 'the price'],
      ['to both', 'the price'],
      [],
    ])
    await refused(write(bao, side, 'x'), '42501')
    await refused(write(quality, price, 'x'), '42501')
  })

  test('a part lets in nobody whom the dossier does not, nor for longer, and nobody is let in for a time that is over', async () => {
    for (const grantee of ['public', `organization:${third}`, `role:${third}:editor`, `role:${hospital}:guest`, `person:${guest?.id}`])
      await refused(
        as(ana, (db) => letIn(db, side, { grantee, scope: 'read' })),
        '42501',
        'space_grant_within',
      )
    await as(ana, (db) => letIn(db, dossier, { grantee: `person:${guest?.id}`, scope: 'read' }, { until: day(10) }))
    await refused(
      as(ana, (db) => letIn(db, side, { grantee: `person:${guest?.id}`, scope: 'read' })),
      '42501',
      'space_grant_within',
    )
    await refused(
      as(ana, (db) => letIn(db, side, { grantee: `person:${guest?.id}`, scope: 'read' }, { until: day(11) })),
      '42501',
      'space_grant_within',
    )
    for (const during of [{ until: day(-1) }, { since: day(-1) }])
      await refused(
        as(ana, (db) => letIn(db, dossier, { grantee: `organization:${third}`, scope: 'read' }, during)),
        '22007',
      )
    await refused(
      as(chi, (db) => makeSubSpace(db, newId(), `foreign-${newId()}`, dossier, [])),
      '42501',
    )
  })

  test('only who owns it says who is in it, and somebody always does', async () => {
    for (const somebody of [bao, chi, guest]) {
      await refused(
        as(somebody, (db) => letIn(db, dossier, { grantee: `organization:${third}`, scope: 'read' })),
        '42501',
      )
      await refused(
        as(somebody, (db) => letOut(db, dossier, `organization:${hospital}`)),
        '42501',
      )
      await refused(
        as(somebody, (db) => beginPeriod(db, dossier, newId())),
        '42501',
      )
    }
    for (const all of ['public', `organization:${hospital}`])
      await refused(
        as(ana, (db) => letOut(db, dossier, all)),
        '23514',
      )
    expect(await reads(ana)).toEqual(['to both', 'among us'])
  })

  test('a guest reads for a time, adds nothing, and is let out before', async () => {
    expect(await reads(guest)).toEqual(['to both'])
    await refused(write(guest, dossier, 'x'), '42501')
    expect(await as(ana, (db) => letOut(db, dossier, `person:${guest?.id}`))).toBe(1)
    expect(await reads(guest)).toEqual([])
    await as(ana, (db) => letIn(db, dossier, { grantee: `person:${guest?.id}`, scope: 'read' }, { since: day(1), until: day(2) }))
    expect(await reads(guest)).toEqual([])
  })

  test('who joins sees the history that their grant says; no row is rewritten', async () => {
    const second = newId()
    await as(ana, (db) => beginPeriod(db, dossier, second))
    await as(ana, (db) => letIn(db, second, { grantee: `organization:${third}`, scope: 'read' }))
    await as(ana, (db) => letIn(db, second, { grantee: `organization:${third}`, scope: 'add' }))
    for (const somebody of [ana, bao, chi]) expect(await world().database.read(actor(somebody), (db) => newestPeriod(db, dossier))).toBe(second)
    await write(chi, second, 'we are here')
    expect([await reads(chi), await reads(bao), await reads(quality)]).toEqual([
      ['we are here'],
      ['to both', 'the price', 'we are here'],
      ['to both', 'among us', 'the price', 'we are here'],
    ])
    await refused(write(chi, dossier, 'x'), '42501')
    await as(ana, (db) => letIn(db, dossier, { grantee: `organization:${third}`, scope: 'read' }))
    expect(await reads(chi)).toEqual(['to both', 'we are here'])
  })

  test('who leaves with what they read keeps that and sees nothing new; who is let out sees nothing, in no part', async () => {
    const next = newId()
    await as(ana, (db) => beginPeriod(db, dossier, next, `organization:${institute}`))
    await write(ana, next, 'without you')
    expect([await reads(bao), await reads(chi)]).toEqual([
      ['to both', 'the price', 'we are here'],
      ['to both', 'we are here', 'without you'],
    ])
    const newest = await world().database.read(actor(bao), (db) => newestPeriod(db, dossier))
    await refused(write(bao, newest ?? '', 'x'), '42501')
    await as(ana, (db) => letOut(db, dossier, `organization:${institute}`))
    expect([await reads(bao), await reads(quality)]).toEqual([[], ['to both', 'among us', 'the price', 'we are here', 'without you']])
    await refused(write(bao, price, 'x'), '42501')
    await as(ana, (db) => letOut(db, dossier, `organization:${third}`))
    expect(await reads(chi)).toEqual([])
  })

  test('a double click begins one period, two at once begin two after each other', async () => {
    const id = newId()
    await as(ana, (db) => beginPeriod(db, dossier, id))
    await refused(
      as(ana, (db) => beginPeriod(db, dossier, id)),
      '23505',
    )
    await Promise.all([newId(), newId()].map((next) => as(ana, (db) => beginPeriod(db, dossier, next))))
    expect(await world().rows(sql`select period from app.space where first_id = ${dossier}::uuid order by period`)).toEqual(
      [2, 3, 4, 5, 6].map((period) => ({ period })),
    )
  })
})
