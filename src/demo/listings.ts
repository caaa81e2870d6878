import { listingActions, listingInputs } from '../modules/exchange/index.ts'
import { introduce, introductionInput, matchListing } from '../modules/matching/index.ts'
import { readDirectory } from '../modules/members/index.ts'
import type { Person } from '../platform/access/actor.ts'
import { newId } from '../platform/id.ts'
import { parseInput } from '../platform/issues.ts'
import { languages } from '../platform/i18n/languages.ts'
import type { Play } from './applications.ts'
import { fieldsOf, lastResort } from './fields.ts'
import type { DemoListing } from './seeds.ts'

type Verb = Parameters<typeof listingActions.moveListing>[3]

/** Of what its words suggest, so many concepts are confirmed. */
const mostConcepts = 6

/**
 * Plays what members offer and need, each from its draft to where it stands, with what others say to it. All are published before any looks for its counterparts, as
 * what is rare is known only then.
 */
export async function playListings(play: Play, listings: readonly DemoListing[]): Promise<void> {
  const { database } = play.deps
  const ids = new Map<string, string>()
  for (const listing of listings) ids.set(listing.key, await playListing(play, listing))
  const published = listings.filter(({ state }) => state === 'published')
  for (const { key } of published) await matchListing(database, ids.get(key) ?? '')
  // As its session would say.
  const secretariat: Person = { ...play.secretariat(), roles: [`role:${play.network.id}:secretariat`] }
  const numberOf = async (key: string) => {
    const { listing } = await database.read(secretariat, (db) => listingActions.openListing(db, ids.get(key) ?? ''))
    return listing.number
  }
  for (const { key, introduction } of published)
    if (introduction) {
      const typed = { id: newId(), listing: await numberOf(key), other: await numberOf(introduction.with), note: introduction.note }
      await introduce(database, secretariat, parseInput(introductionInput, typed))
    }
}

/** @returns its id */
async function playListing(play: Play, seed: DemoListing): Promise<string> {
  const { deps, stage } = play
  const { database } = deps
  const by = stage.as(seed.by)
  const { member, direction, pillar, original, title } = seed
  const start = parseInput(listingInputs.listingStart, { id: newId(), member, direction, pillar, original, title: title[original] })
  const { id } = start
  await listingActions.beginListing(database, by, start)
  await listingActions.changeListing(database, by, id, parseInput(listingInputs.listingInput, await typedOf(play, by, seed)))
  const move = async (who: Person, verb: Verb, reason?: string) => {
    const { listing } = await database.read(who, (db) => listingActions.openListing(db, id))
    await listingActions.moveListing(deps, who, id, verb, { version: listing.version, reason })
  }
  if (seed.confidential) await listingActions.changeConfidential(database, by, id, { ...seed.confidential, version: 0 })
  if (seed.state === 'draft') return id
  await move(by, seed.state === 'own-review' ? 'submit' : 'send')
  if (seed.state === 'returned') await move(play.secretariat(), 'return', seed.reason)
  if (seed.state === 'published') await move(play.secretariat(), 'publish')
  for (const interest of seed.interests) await playInterest(play, id, by, interest)
  return id
}

/** What is typed into its form; concepts are confirmed from what its words suggest. */
async function typedOf({ deps: { database } }: Play, by: Person, seed: DemoListing) {
  const { title, body, sought = {}, days } = seed
  const now = await database.read(by, readDirectory.readNow)
  const passages = [title, body].flatMap((said) => languages.flatMap((language) => (said[language] === undefined ? [] : [{ language, text: said[language] }])))
  const suggested = await database.read(by, (db) => listingActions.suggestConcepts(db, passages, mostConcepts))
  return {
    ...seed,
    ...fieldsOf('title', title),
    ...fieldsOf('body', body),
    ...fieldsOf('sought', sought),
    valid_until: readDirectory.dayOf(new Date(now.getTime() + days * 86_400_000)),
    concepts: suggested.length > 0 ? suggested : [lastResort],
    version: 1,
  }
}

/** A member is interested; whoever wrote the listing looks, and answers. */
async function playInterest({ deps: { database, base }, stage }: Play, listing: string, owner: Person, seed: DemoListing['interests'][number]): Promise<void> {
  const { by, member, message, decision, reason, answer } = seed
  const person = stage.as(by)
  const id = newId()
  await listingActions.expressInterest(
    database,
    person,
    listing,
    parseInput(listingInputs.interestInput, { id, member, message, language: person.language }),
    base,
  )
  if (decision === undefined) return
  const { interest } = await listingActions.openInterest(database, owner, id)
  if (decision !== 'seen') await listingActions.decideInterest(database, owner, id, decision, { version: interest.version, reason, answer })
}
