import type { Acting, Person } from '../../../platform/access/actor.ts'
import type { Database, Scope, WriteScope } from '../../../platform/db/database.ts'
import { refuse } from '../../../platform/errors.ts'
import { queueJob } from '../../../platform/jobs/store.ts'
import { logAct } from '../../../platform/log/log.ts'
import { readDirectory, readHats, tellDesk, type Hats } from '../../members/index.ts'
import { mayAnswerInterest, mayWithdrawInterest, mayWriteFor } from '../policy.ts'
import type { DeclineReason, InterestInput } from '../schema/interests.ts'
import { insertInterest, listingOfReceiver, lockInterest, readInterest, sendersTo, writeInterest, type Interest } from '../store/interests.ts'
import { letInAccepted } from './confidential.ts'
import { holdListing, openListing } from './open.ts'

/**
 * Says that a member is interested in a listing, to whoever answers for that; sent twice, it is there once.
 *
 * @throws Refusal `not_found`, `forbidden`, `invalid_input` when the member is not there, or has an interest open there already
 */
export async function expressInterest(database: Database, actor: Acting, listing: string, input: InterestInput, base: string): Promise<void> {
  const { id, member, language, message = null } = input
  await database.write(actor, async (db) => {
    const opened = await openListing(db, listing)
    if (await readInterest(db, id)) return
    const from = await readDirectory.readOrganization(db, { key: member })
    if (!from) throw refuse('invalid_input', {}, [{ path: 'member', code: 'unknown_reference', params: { value: member } }])
    if (!mayWriteFor(opened.hats, from.id)) throw refuse('forbidden')
    const [sender] = await sendersTo(db, listing, [from.id])
    if (!sender) throw refuse('forbidden')
    if (!(await insertInterest(db, from, { id, listing, language, message }))) {
      // A second click may have come first.
      if (await readInterest(db, id)) return
      throw refuse('invalid_input', {}, [{ path: 'member', code: 'there_already' }])
    }
    const interest = await readInterest(db, id)
    if (!interest) throw refuse('forbidden')
    if (interest.receiver === null && interest.network !== null)
      await tellDesk(db, {
        network: interest.network,
        what: 'interest',
        name: opened.listing.title[opened.listing.original] ?? '',
        link: `${base}/interests/${id}`,
      })
    else await tellLater(db, id, 'arrived')
    await logInterest(db, interest, 'sent', { listing, language, message })
  })
}

const tellLater = (db: WriteScope, interest: string, what: 'arrived' | 'answered') => queueJob(db, { kind: 'exchange.interest', input: { interest, what } })

/** An interest that the actor may read, with under which names they act. @throws Refusal `not_found` */
async function find(db: Scope, id: string): Promise<{ interest: Interest; hats: Hats }> {
  const interest = await readInterest(db, id)
  if (!interest) throw refuse('not_found')
  return { interest, hats: await readHats(db) }
}

/** Opens an interest; the first time that somebody does who answers it, those who sent it read that it was seen. @throws Refusal `not_found` */
export async function openInterest(database: Database, person: Person, id: string): Promise<{ interest: Interest; hats: Hats }> {
  const found = await database.read(person, (db) => find(db, id))
  if (found.interest.state !== 'sent' || !mayAnswerInterest(found.hats, found.interest)) return found
  return database.write(person, async (db) => {
    const { interest, hats } = await find(db, id)
    // Somebody else may have opened or withdrawn it meanwhile.
    if (interest.state !== 'sent' || !(await writeInterest(db, interest, 'seen'))) return { interest, hats }
    await logInterest(db, interest, 'seen', {})
    return find(db, id)
  })
}

export type Move = { version: number; reason?: DeclineReason | undefined; answer?: string | undefined }

/**
 * Decides about an interest: whoever sent it withdraws it, the member that it went to accepts or declines it, and the desk says that it was dealt with. Once accepted,
 * whoever sent it reads the confidential part of the listing, also one that is written later.
 *
 * @throws Refusal `not_found`, `forbidden`, `decided_already`, `conflict_stale`
 */
export async function decideInterest(
  database: Database,
  actor: Acting,
  id: string,
  to: 'withdrawn' | 'accepted' | 'declined' | 'handled',
  { version, reason, answer }: Move,
): Promise<void> {
  await database.write(actor, async (db) => {
    await lockInterest(db, id)
    const { interest, hats } = await find(db, id)
    const may = to === 'withdrawn' ? mayWithdrawInterest(hats, interest) : mayAnswerInterest(hats, interest)
    if (!may || (to === 'handled' && interest.receiver !== null) || (to === 'accepted' && interest.receiver === null)) throw refuse('forbidden')
    if (interest.endedAt !== null) throw refuse('decided_already')
    if (interest.version !== version || !(await writeInterest(db, interest, to, { reason, answer }))) throw refuse('conflict_stale')
    if (to !== 'withdrawn') await tellLater(db, id, 'answered')
    await logInterest(db, interest, to, { reason: reason ?? null, answer: answer ?? null })
    const listing = to === 'accepted' ? await listingOfReceiver(db, interest) : undefined
    if (listing !== undefined) await letInAccepted(db, (await holdListing(db, listing)).listing)
  })
}

/** Each side reads in its own log what it did. */
async function logInterest(
  db: WriteScope,
  interest: Interest,
  verb: 'sent' | 'seen' | 'withdrawn' | 'accepted' | 'declined' | 'handled',
  payload: object,
): Promise<void> {
  const bySender = verb === 'sent' || verb === 'withdrawn'
  const organization = bySender ? interest.organization : interest.receiver
  await logAct(db, {
    chain: `organization:${interest.organization.id}`,
    spaceId: bySender ? interest.people : interest.space,
    ...(organization !== null && { organizationId: organization.id }),
    verb: `exchange.interest.${verb}`,
    object: { kind: 'interest', id: interest.id },
    payload,
  })
}
