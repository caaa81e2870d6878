import { publishDerived } from '../../src/modules/exchange/index.ts'
import { matchListing } from '../../src/modules/matching/index.ts'
import { importer, thePublic } from '../../src/platform/access/actor.ts'
import { readConfig } from '../../src/platform/config.ts'
import { openDatabase } from '../../src/platform/db/open.ts'
import { sessionsOf } from '../support/cpu.ts'
import { readWording, saidBy } from '../fixtures/listing-texts.ts'
import type { ListingsSite } from './listings-site.ts'

/** The first ones make what recognizes concepts, and read from the disk. */
const warmUp = 5
const fewest = 40

/** Publishes listings that nobody has seen yet and looks for their counterparts. @returns how long each took until these stood there, and how much of the processor one took, in milliseconds */
export async function publishAndMatch({ settings, listings, name, server }: ListingsSite, seconds: number): Promise<{ times: number[]; cpu: number }> {
  const database = await openDatabase(readConfig(settings))
  const wording = await database.read(thePublic, readWording)
  const times: number[] = []
  const run = Date.now()
  const spent = () => (process.cpuUsage().user + process.cpuUsage().system) / 1000 + (server === undefined ? 0 : sessionsOf(name))
  let before = 0
  const end = performance.now() + seconds * 4000
  for (let turn = 0; turn < warmUp + fewest || performance.now() < end; turn++) {
    const { language, title, body } = saidBy(2 * listings + turn, wording)
    const fresh = {
      number: `BF-${run}-${turn}`,
      direction: turn % 2 === 0 ? ('offer' as const) : ('need' as const),
      pillar: 'production' as const,
      country: 'CU',
      original: language,
      title: { [language]: title },
      body: { [language]: body },
      sought: {},
      entry: { key: 'example', name: { en: 'Example' } },
      sources: ['example'],
    }
    if (turn === warmUp) before = spent()
    const began = performance.now()
    const [id = ''] = await database.write(importer, (db) => publishDerived(db, [fresh]))
    await matchListing(database, id)
    if (turn >= warmUp) times.push(performance.now() - began)
  }
  const cpu = (spent() - before) / times.length
  await database.close()
  return { times, cpu }
}
