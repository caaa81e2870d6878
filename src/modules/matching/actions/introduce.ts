import type { Person } from '../../../platform/access/actor.ts'
import type { Database, Scope, WriteScope } from '../../../platform/db/database.ts'
import { refuse, type Issue } from '../../../platform/errors.ts'
import { queueJob } from '../../../platform/jobs/store.ts'
import { logAct } from '../../../platform/log/log.ts'
import { openListing, sidesOf } from '../../exchange/index.ts'
import { mayIntroduce, mayReadIntroductions } from '../policy.ts'
import type { IntroductionInput } from '../schema.ts'
import { endIntroduction, insertIntroduction, isIntroduction, mayBeIntroduced } from '../store/introductions.ts'
import { listingByNumber } from '../store/matches.ts'

/**
 * The secretariat brings an offer and a need together; the people of both are told by mail. A second click makes nothing new.
 *
 * @throws Refusal `not_found` to whoever runs no network, `forbidden`, `invalid_input` for numbers that are none, for two that may not be shown to each other, and for two that are introduced already
 */
export async function introduce(database: Database, person: Person, input: IntroductionInput): Promise<void> {
  if (!mayReadIntroductions(person)) throw refuse('not_found')
  await database.write(person, async (db) => {
    const issues: Issue[] = []
    const found = { listing: await open(db, 'listing', input.listing, issues), other: await open(db, 'other', input.other, issues) }
    const { listing, other } = found
    if (listing === undefined || other === undefined) throw refuse('invalid_input', {}, issues)
    if (!mayIntroduce(listing.hats, listing.listing, other.listing)) throw refuse('forbidden')
    const desk = [listing, other].find((each) => sidesOf(each.hats, each.listing).has('desk'))?.listing.desk
    if (desk === undefined || desk === null) throw refuse('forbidden')
    const pair = { listing: listing.listing.id, other: other.listing.id }
    if (!(await mayBeIntroduced(db, desk, pair.listing, pair.other)))
      throw refuse('invalid_input', {}, [{ path: 'other', code: 'not_together', params: { value: input.other } }])
    if (await insertIntroduction(db, { id: input.id, ...pair, desk, note: input.note })) {
      await queueJob(db, { kind: 'matching.introduction', input: { introduction: input.id } })
      return log(db, input.id, desk, 'made', { ...pair, note: input.note })
    }
    // A second click made it already.
    if (!(await isIntroduction(db, input.id))) throw refuse('invalid_input', {}, [{ path: 'other', code: 'there_already' }])
  })
}

async function open(db: Scope, path: string, number: string, issues: Issue[]) {
  const id = (await listingByNumber(db, number.toUpperCase())) ?? (await listingByNumber(db, number))
  if (id !== undefined) return openListing(db, id)
  issues.push({ path, code: 'unknown_reference', params: { value: number } })
  return undefined
}

/** Withdraws an introduction. @throws Refusal `not_found` */
export async function withdrawIntroduction(database: Database, person: Person, id: string): Promise<void> {
  if (!mayReadIntroductions(person)) throw refuse('not_found')
  await database.write(person, async (db) => {
    const gone = await endIntroduction(db, id)
    if (!gone) throw refuse('not_found')
    const { desk, ...pair } = gone
    await log(db, id, desk, 'withdrawn', pair)
  })
}

const log = (db: WriteScope, id: string, desk: string, verb: string, payload: object) =>
  logAct(db, { chain: 'network', spaceId: desk, verb: `matching.introduction.${verb}`, object: { kind: 'introduction', id }, payload })
