import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { listingKind, publishDerived, type DerivedListing } from '../modules/exchange/index.ts'
import { enterListings, listMatches, matchListing } from '../modules/matching/index.ts'
import { loadBuiltIn } from '../modules/vocabulary/index.ts'
import { importer, thePublic } from '../platform/access/actor.ts'
import type { Config } from '../platform/config.ts'
import type { Database } from '../platform/db/database.ts'
import { migrate } from '../platform/db/migrate.ts'
import { openDatabase } from '../platform/db/open.ts'
import { refuse } from '../platform/errors.ts'
import { search } from '../platform/search/search.ts'
import type { JudgedListing, JudgedSet, TypedQuery } from './judged-set.ts'
import type { Ranked } from './run-file.ts'
import { stageNamed } from './stage.ts'

const most = 50
const atOnce = 200

/** What the system finds in a judged set: for each listing its counterparts, for each typed search the listings. */
export type Found = { matches: Ranked; search: Ranked }

/**
 * Publishes the listings of a judged set in a database of its own, on the embedded engine, as those of published sources are; then reads, as the public does, what
 * was kept for each and what each typed search finds. The database is gone afterwards.
 *
 * @param config whose vocabulary to load
 * @throws Refusal `config_invalid` when the vocabulary does not load
 */
export async function findAll(config: Config, { listings, queries }: JudgedSet, say: (line: string) => void): Promise<Found> {
  const data = await mkdtemp(join(tmpdir(), 'puente-evaluate-'))
  const database = await openDatabase({ ...config, data, postgres: undefined })
  try {
    await migrate(database)
    const loaded = await loadBuiltIn(database, importer, config.vocabulary, (n) => say(`Loading the vocabulary (${n}) …`))
    if (loaded.issues.length + loaded.problems.length > 0) throw refuse('config_invalid', { reason: `the vocabulary in ${config.vocabulary} does not load` })
    say(`Publishing ${listings.length} listings …`)
    const ids = await publish(database, listings)
    // Statistics, without which the database would choose how to look as if it were empty.
    await database.vacuum()
    say('Looking for counterparts …')
    // As of a load from published sources: all are entered before any is matched, since what is rare is known only then.
    const all = [...ids.values()]
    for (let start = 0; start < all.length; start += atOnce) await enterListings(database, all.slice(start, start + atOnce))
    for (const id of ids.values()) await matchListing(database, id)
    say(`Asking ${listings.length} lists and ${queries.length} searches …`)
    const names = new Map([...ids].map(([judged, id]) => [id, judged]))
    return { matches: await matchesOf(database, ids, names), search: await searchesOf(database, queries, names) }
  } finally {
    await database.close()
    await rm(data, { recursive: true, force: true })
  }
}

/** @returns which listing each of the set has become */
async function publish(database: Database, listings: readonly JudgedListing[]): Promise<Map<string, string>> {
  const organizations = new Map<string, number>()
  const ids = new Map<string, string>()
  for (let start = 0; start < listings.length; start += atOnce) {
    const part = listings.slice(start, start + atOnce)
    const derived = part.map((each, at) => derivedOf(each, start + at + 1, numbered(organizations, each.org)))
    const made = await database.write(importer, (db) => publishDerived(db, derived))
    for (const [at, each] of part.entries()) ids.set(each.id, made[at] ?? '')
  }
  return ids
}

const numbered = (seen: Map<string, number>, name: string) => seen.get(name) ?? seen.set(name, seen.size + 1).size

function derivedOf(listing: JudgedListing, number: number, organization: number): DerivedListing {
  const { language, title, text, direction, pillar, country, org, stage } = listing
  return {
    number: `JS-${number}`,
    direction,
    pillar,
    country,
    original: language,
    title: { [language]: title },
    body: { [language]: text },
    sought: {},
    entry: { key: `judged-${organization}`, name: { original: language, [language]: org } },
    sources: ['judged-set'],
    stage: stageNamed(stage ?? '') ?? null,
    forms: listing.forms,
    countriesWanted: listing.countries_wanted,
    countriesExcluded: listing.countries_excluded,
  }
}

async function matchesOf(database: Database, ids: ReadonlyMap<string, string>, names: ReadonlyMap<string, string>): Promise<Ranked> {
  const found = new Map<string, { document: string; score: number }[]>()
  for (const [judged, id] of ids) {
    const { rows } = await database.read(thePublic, (db) => listMatches(db, id, undefined, most))
    found.set(
      judged,
      rows.map((row) => ({ document: names.get(row.id) ?? row.id, score: row.score })),
    )
  }
  return found
}

async function searchesOf(database: Database, queries: readonly TypedQuery[], names: ReadonlyMap<string, string>): Promise<Ranked> {
  const found = new Map<string, { document: string; score: number }[]>()
  for (const { id, text } of queries) {
    const { hits, nearest } = await database.read(thePublic, (db) => search(db, text, { kind: listingKind, limit: most, nearest: true }))
    // A search says in which order, not by how much.
    found.set(
      id,
      [...hits, ...nearest].map(({ objectId }, at) => ({ document: names.get(objectId) ?? objectId, score: 1 / (at + 1) })),
    )
  }
  return found
}
