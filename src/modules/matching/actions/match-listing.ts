import { z } from 'zod'
import { jobActor } from '../../../platform/access/actor.ts'
import type { Database, Scope, WriteScope } from '../../../platform/db/database.ts'
import { languages } from '../../../platform/i18n/languages.ts'
import { jobKind } from '../../../platform/jobs/job.ts'
import { queueOnce } from '../../../platform/jobs/store.ts'
import { analyse } from '../../../platform/text/analysis/analyse.ts'
import type { Recognizer } from '../../../platform/text/analysis/recognizer/recognizer.ts'
import { vocabularyNow } from '../../vocabulary/index.ts'
import { featuresOf, type Features, type ReadText } from '../rules/features.ts'
import type { Facts } from '../rules/fit.ts'
import { leastScore, postingsOf, scoreOf } from '../rules/score.ts'
import { keysOf, spread, weigh, conceptKey, nameKey, termKey } from '../rules/weigh.ts'
import { readEmbeddings } from '../store/embeddings.ts'
import { enterProfiles, keepMatches, readCandidates, readCounts, readKept, readSubjects, type Entered, type Subject } from '../store/subjects.ts'

/** How much what stands there counts: a title says in few words what it is about. */
const weights = { title: 2, body: 1, sought: 0.7 }
/** Of a text, so many UTF-16 units are read. */
const longest = 20_000

/** What the texts of a listing say, in whichever languages it has them. */
export function readFeatures({ title, body, sought, concepts }: Pick<Subject, 'title' | 'body' | 'sought' | 'concepts'>, recognizer: Recognizer): Features {
  const texts = Object.entries({ title, body, sought }).flatMap(([field, said]) =>
    languages.flatMap((language): ReadText[] => {
      const text = said[language]
      if (text === undefined) return []
      const analysis = analyse(text, { language, recognizer, most: longest })
      return [{ language, text, weight: weights[field as keyof typeof weights], analysis }]
    }),
  )
  return featuresOf(texts, concepts)
}

/**
 * Looks for the counterparts of a published listing and keeps the best; in the lists of others it takes its place as well. Of one that is not published, nothing is left to do.
 * Doing it twice changes nothing.
 *
 * @returns how many counterparts it has, `undefined` when it is not published
 */
export const matchListing = async (database: Database, listing: string): Promise<number | undefined> =>
  (await database.write(jobActor, (db) => matchIn(db, [listing])))[0]

/** Reads listings anew and enters them under what they say; nobody's list changes. */
export const enterListings = (database: Database, listings: readonly string[]): Promise<void> =>
  database.write(jobActor, async (db) => enterProfiles(db, await prepare(db, listings)))

type Prepared = Entered & { facts: Facts }

/** Reads listings as far as they are published. */
async function prepare(db: Scope, listings: readonly string[]): Promise<Prepared[]> {
  const subjects = await readSubjects(db, listings)
  if (subjects.length === 0) return []
  const { recognizer, relations, version } = await vocabularyNow(db)
  const read = subjects.map((subject) => ({ subject, features: readFeatures(subject, recognizer) }))
  const all = read.flatMap(({ features }) => [
    ...[...spread(features, relations).keys()].map(conceptKey),
    ...[...features.names.keys()].map(nameKey),
    ...[...features.terms.keys()].map(termKey),
  ])
  const counts = await readCounts(db, [...new Set(all)])
  return read.map(({ subject: { id, facts }, features }) => {
    const profile = weigh(features, counts, relations)
    return { listing: id, facts, profile, features: keysOf(profile), postings: postingsOf(profile), vocabulary: version }
  })
}

/**
 * As `matchListing`, of some listings, in a transaction of the actor `jobs`. All are entered before any is compared.
 *
 * @returns how many counterparts each has that is published
 */
export async function matchIn(db: WriteScope, listings: readonly string[]): Promise<number[]> {
  const prepared = await prepare(db, listings)
  await enterProfiles(db, prepared)
  return compare(db, prepared)
}

/** Looks for the counterparts of a listing by what was read of it before, such as after its embedding has come; of one that was not, nothing is left to do. */
export async function matchAgain(db: WriteScope, listing: string): Promise<void> {
  const kept = await readKept(db, listing)
  if (kept) await compare(db, [{ ...kept, listing, postings: postingsOf(kept.profile) }])
}

async function compare(db: WriteScope, entered: readonly Pick<Prepared, 'listing' | 'facts' | 'profile' | 'postings'>[]): Promise<number[]> {
  const candidates = await readCandidates(db, entered)
  const met = [...candidates.values()].flatMap((others) => others.map(({ id }) => id))
  const embeddings = await readEmbeddings(db, [...new Set([...entered.map(({ listing }) => listing), ...met])])
  const scoresOf = ({ listing, facts, profile }: (typeof entered)[number]) =>
    (candidates.get(listing) ?? [])
      .map((other) => ({
        other: other.id,
        score: scoreOf({ facts, profile, embedding: embeddings.get(listing) }, { ...other, embedding: embeddings.get(other.id) }),
      }))
      .filter(({ score }) => score >= leastScore)
  return keepMatches(
    db,
    entered.map((each) => ({ listing: each.listing, scores: scoresOf(each) })),
  )
}

/** So many listings in one transaction: others that publish wait for it. */
export const atOnce = 10

const input = z.object({ listings: z.array(z.uuid()).max(10_000) })

/** Looks for the counterparts of some listings. Of several at once, all are entered first: what is rare is known only when all are there. */
export const matchJob = jobKind({
  kind: 'matching.match',
  input,
  mostAttempts: 14,
  run: async ({ listings }, { database, config, signal }) => {
    const parts = Array.from({ length: Math.ceil(listings.length / atOnce) }, (_, n) => listings.slice(n * atOnce, (n + 1) * atOnce))
    if (listings.length > 1)
      for (const part of parts) {
        signal.throwIfAborted()
        await enterListings(database, part)
      }
    for (const part of parts) {
      signal.throwIfAborted()
      await database.write(jobActor, (db) => matchIn(db, part))
    }
    if (config.embeddings) await database.write(jobActor, (db) => queueOnce(db, 'matching.embed'))
  },
})
