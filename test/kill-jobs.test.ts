import { setTimeout as wait } from 'node:timers/promises'
import { describe, expect, test } from 'vitest'
import { queueRebuild } from '../src/modules/matching/actions/rebuild.ts'
import { entrustInstance, makeNetwork } from '../src/modules/members/store/networks.ts'
import { makePerson } from '../src/modules/members/store/persons.ts'
import { recordSpace } from '../src/modules/record/store/tables.ts'
import { insertAccount } from '../src/platform/access/accounts.ts'
import { importer, operator } from '../src/platform/access/actor.ts'
import { readConfig } from '../src/platform/config.ts'
import type { Database } from '../src/platform/db/database.ts'
import { openDatabase } from '../src/platform/db/open.ts'
import { newId } from '../src/platform/id.ts'
import { insertSaved } from '../src/platform/search/saved.ts'
import { indexDocuments } from '../src/platform/search/search.ts'
import { makeMember } from './support/members.ts'
import { startServer } from './support/process.ts'
import { engineNames, freshEnvironment, sql } from './support/world.ts'

const people = 40
const copies = 5
const mostStarts = 60

/** The data of a server that is not running, for as long as it takes. */
async function inside<T>(env: Record<string, string>, look: (database: Database) => Promise<T>): Promise<T> {
  const database = await openDatabase(readConfig(env))
  try {
    await database.enterAppRole()
    return await look(database)
  } finally {
    await database.close()
  }
}

/** Many listings to go through, and many people who want to know at once of one thing that has just been published. */
async function prepare(database: Database): Promise<void> {
  await database.write(operator, async (db) => entrustInstance(db, await makeNetwork(db, { key: 'network', name: { en: 'Network' } })))
  const member = await makeMember({ database }, 'Example Biotech')
  await database.asOwner((db) =>
    sql`insert into exchange.listing (id, space_id, keeper_id, people_id, desk_id, network_id, organization_id, number, direction, pillar, country, state, original, title, body, sought, forms, valid_until, published_at)
      select gen_random_uuid(), '00000000-0000-7000-8000-000000000004', o.keeper_id, o.people_id, o.desk_id, w.id, o.id, 'KI-' || n || '-' || row_number() over (), l.direction, l.pillar, l.country, 'published',
        l.original, l.title, l.body, l.sought, l.forms, current_date + 90, now()
      from exchange.listing l, generate_series(1, ${copies}) n, members.organization o join members.network w on w.desk_id = o.desk_id where l.state = 'published' and o.key = ${member}`.execute(
      db,
    ),
  )
  for (let n = 0; n < people; n++) {
    const id = newId()
    const space = await database.write(operator, async (db) => {
      await insertAccount(database, db, { id, email: `${id}@example.org`, name: `Reader ${n}`, language: 'en' })
      return makePerson(db, { id, name: `Reader ${n}`, language: 'en' })
    })
    await database.write({ kind: 'person', id, name: `Reader ${n}`, language: 'en', session: '' }, (db) =>
      insertSaved(db, { id: newId(), space, person: id, name: 'Mine', words: 'qkjx', kind: null, facets: [], often: 'at-once' }),
    )
  }
  const objectId = newId()
  const thing = { objectId, spaceId: recordSpace, kind: 'listing', path: `/listings/${objectId}`, title: { es: 'Vacuna qkjx', original: 'es' }, detail: {} }
  await database.write(importer, (db) => indexDocuments(db, [{ ...thing, names: ['Vacuna qkjx'], aliases: [], words: [] }]))
  await queueRebuild(database, operator)
}

type Progress = { walked: number; walks: number; isOver: boolean; listings: number; told: number; waiting: number }
const progress = (database: Database) =>
  database.asOwner(async (db) => {
    // As when the time has run out for which a process that was killed had its jobs.
    await sql`update app.job set ticket = null, run_at = now() where ticket is not null`.execute(db)
    const { rows } =
      await sql<Progress>`select coalesce((select done from matching.rebuild order by begun_at desc limit 1), 0) as walked, (select count(*)::int from matching.rebuild) as walks,
      (select bool_and(ended_at is not null) and count(*) > 1 from matching.rebuild) as "isOver", (select count(*)::int from exchange.listing where state = 'published') as listings,
      (select count(*)::int from app.mail where subject = 'Mine: one new result') as told,
      (select count(*)::int from app.job where kind in ('matching.rebuild', 'search.published', 'search.tell') and done_at is null) as waiting`.execute(db)
    const [row] = rows
    if (!row) throw new Error('a row without a table is always there')
    return row
  })

describe.each(engineNames)('the server is killed %s while it does jobs', (engine) => {
  test('the walk through all listings goes on where it was, and everybody is told once', { timeout: 900_000 }, async () => {
    const { env, drop } = await freshEnvironment(engine)
    await inside(env, prepare)
    const seen: Progress[] = []
    for (let start = 0; start < mostStarts && !(seen.at(-1)?.isOver && seen.at(-1)?.waiting === 0); start++) {
      const server = await startServer(env)
      await wait(100 + ((start * 367) % 1500) + (start > 10 ? 5000 : 0))
      await server.end('SIGKILL')
      seen.push(await inside(env, progress))
    }
    const found = await inside(env, (database) =>
      database.asOwner(async (db) => ({
        mails: (await sql<{ n: number }>`select count(*)::int as n from app.mail where subject = 'Mine: one new result' group by recipient`.execute(db)).rows,
        wrong: (
          await sql`select (select count(*)::int from matching.feature f where f.listings <> (select count(*) from matching.profile p where f.key = any (p.features))) as counts,
            (select count(*)::int from matching.profile p where p.kept <> (select count(*) from matching.match m where m.listing_id = p.listing_id)) as kept,
            (select count(*)::int from exchange.listing l where l.state = 'published' and not exists (select from matching.profile p where p.listing_id = l.id and p.made_at >= (select max(begun_at) from matching.rebuild))) as missed`.execute(
            db,
          )
        ).rows,
      })),
    )
    await drop()

    const [last] = seen.slice(-1)
    // Besides the one by which the world was made.
    expect(last).toMatchObject({ walked: last?.listings, walks: 2, isOver: true, waiting: 0 })
    expect(found.wrong).toEqual([{ counts: 0, kept: 0, missed: 0 }])
    expect(found.mails).toEqual(Array.from({ length: people }, () => ({ n: 1 })))
    // It was killed in the middle, and never began anew.
    const walked = seen.flatMap((each) => (each.walks === 2 ? [each.walked] : []))
    expect(walked.filter((n) => n > 0 && n < (last?.listings ?? 0)).length).toBeGreaterThan(0)
    expect(walked).toEqual(walked.toSorted((a, b) => a - b))
  })
})
