import type { Person } from '../../../platform/access/actor.ts'
import type { Database, WriteScope } from '../../../platform/db/database.ts'
import { refuse } from '../../../platform/errors.ts'
import { logAct } from '../../../platform/log/log.ts'
import { openListing, type Listing } from '../../exchange/index.ts'
import { maySayUnfit } from '../policy.ts'
import type { FeedbackInput } from '../schema.ts'
import { endFeedback, insertFeedback } from '../store/feedback.ts'

type Own = { listing: Listing; space: string; keeper: string; organization: string }

/** The listing that somebody writes for, and whether they see the other one. @throws Refusal `not_found`, `forbidden` */
async function openPair(db: WriteScope, id: string, other: string): Promise<Own> {
  const { listing, hats } = await openListing(db, id)
  if (!maySayUnfit(hats, listing) || listing.organization === null || listing.people === null || listing.keeper === null) throw refuse('forbidden')
  await openListing(db, other)
  return { listing, space: listing.people, keeper: listing.keeper, organization: listing.organization.id }
}

/** Says that a counterpart is not relevant: in the list of this organization, and in nobody else's, it stands last. @throws Refusal `not_found`, `forbidden` */
export async function sayUnfit(database: Database, person: Person, id: string, other: string, input: FeedbackInput): Promise<void> {
  await database.write(person, async (db) => {
    const own = await openPair(db, id, other)
    if (await insertFeedback(db, { listing: id, other, space: own.space, keeper: own.keeper }, input))
      await log(db, own, 'given', { other, reason: input.reason })
  })
}

/** Takes that back. @throws Refusal `not_found`, `forbidden`, `decided_already` */
export async function takeBack(database: Database, person: Person, id: string, other: string): Promise<void> {
  await database.write(person, async (db) => {
    const own = await openPair(db, id, other)
    if (!(await endFeedback(db, id, other))) throw refuse('decided_already')
    await log(db, own, 'withdrawn', { other })
  })
}

const log = (db: WriteScope, { listing, space, organization }: Own, verb: string, payload: object) =>
  logAct(db, {
    chain: `organization:${organization}`,
    spaceId: space,
    organizationId: organization,
    verb: `matching.feedback.${verb}`,
    object: { kind: 'listing', id: listing.id },
    payload,
  })
