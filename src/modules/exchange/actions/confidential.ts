import type { z } from 'zod'
import type { Person } from '../../../platform/access/actor.ts'
import { letIn, letOut } from '../../../platform/access/spaces.ts'
import type { Database, WriteScope } from '../../../platform/db/database.ts'
import { today } from '../../../platform/db/days.ts'
import { dayIssue } from '../../../platform/day-issue.ts'
import { refuse } from '../../../platform/errors.ts'
import { mayKeepConfidential } from '../policy.ts'
import type { confidentialInput, undertakingInput } from '../schema/listings.ts'
import { admitAccepted, endUndertaking, insertUndertaking, writeConfidential } from '../store/confidential.ts'
import { type Listing } from '../store/listings.ts'
import { membersNamed } from '../store/named.ts'
import { logListing } from './log.ts'
import { holdListing } from './open.ts'

const own = { seen: false, byDesk: false }

/** Writes what a listing says only to whoever is let in. @throws Refusal `not_found`, `forbidden`, `conflict_stale` */
export async function changeConfidential(database: Database, person: Person, id: string, input: z.output<typeof confidentialInput>): Promise<void> {
  await database.write(person, async (db) => {
    const { listing, hats } = await holdListing(db, id)
    if (!mayKeepConfidential(hats, listing) || listing.organization === null || listing.keeper === null) throw refuse('forbidden')
    const place = { id, organization: listing.organization.id, keeper: listing.keeper }
    if (!(await writeConfidential(db, place, input))) throw refuse('conflict_stale')
    // What it says stays in its own space: the log, which more people read, has that it was written.
    await logListing(db, listing, own, 'confidential-written', { language: input.language, characters: input.text.length })
    if (input.version === 0) await letInAccepted(db, listing)
  })
}

/** Lets whose interest in a listing was accepted read its confidential part, as far as it has one and its owner has not taken them off. */
export async function letInAccepted(db: WriteScope, listing: Listing): Promise<void> {
  for (const { organization, interest } of await admitAccepted(db, listing.id))
    await logListing(db, listing, own, 'undertaking-recorded', { id: interest, organization, interest })
}

/** Records that another member gave an undertaking of confidentiality, and lets it in. @throws Refusal `not_found`, `forbidden`, `invalid_input` */
export async function recordUndertaking(database: Database, person: Person, id: string, input: z.output<typeof undertakingInput>): Promise<void> {
  await database.write(person, async (db) => {
    const { listing, hats } = await holdListing(db, id)
    if (!mayKeepConfidential(hats, listing)) throw refuse('forbidden')
    if (listing.confidential === null) throw refuse('not_found')
    const [given] = await membersNamed(db, [input.member])
    if (!given || given.id === listing.organization?.id)
      throw refuse('invalid_input', {}, [{ path: 'member', code: 'unknown_reference', params: { value: input.member } }])
    const late = dayIssue('signed_on', input.signed_on, { last: await today(db) })
    if (late !== undefined) throw refuse('invalid_input', {}, [late])
    const undertaking = { id: input.id, organization: given.id, signedOn: input.signed_on, note: input.note ?? null }
    // A second click, or one that holds already.
    if (!(await insertUndertaking(db, listing, undertaking))) return
    await letIn(db, listing.confidential.space, { grantee: `organization:${given.id}`, scope: 'read' })
    await logListing(db, listing, own, 'undertaking-recorded', undertaking)
  })
}

/** Ends an undertaking: who gave it reads no more. @throws Refusal `not_found`, `forbidden`, `decided_already` */
export async function withdrawUndertaking(database: Database, person: Person, id: string, undertaking: string): Promise<void> {
  await database.write(person, async (db) => {
    const { listing, hats } = await holdListing(db, id)
    if (!mayKeepConfidential(hats, listing)) throw refuse('forbidden')
    if (listing.confidential === null) throw refuse('not_found')
    const organization = await endUndertaking(db, id, undertaking)
    if (organization === undefined) throw refuse('decided_already')
    await letOut(db, listing.confidential.space, `organization:${organization}`)
    await logListing(db, listing, own, 'undertaking-ended', { undertaking, organization })
  })
}
