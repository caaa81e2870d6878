import type { Person } from '../../../platform/access/actor.ts'
import type { Database, WriteScope } from '../../../platform/db/database.ts'
import { today } from '../../../platform/db/days.ts'
import { dayIssue } from '../../../platform/day-issue.ts'
import { refuse } from '../../../platform/errors.ts'
import { mayDoPledge, pledgeSides } from '../policy.ts'
import { nextPledge, type PledgeVerb } from '../rules/pledges.ts'
import type { DeclineCode } from '../schema/terms.ts'
import { insertDelivery, listDeliveries, writePledgeState, type Decision, type Delivery, type Pledge } from '../store/pledges.ts'
import { logPledge } from './log.ts'
import { holdPledge } from './open.ts'
import { totalsChanged } from './pledges.ts'
import { tellMember, type Tidings } from './tell.ts'

/** Takes a pledge, or a part of it. @throws Refusal `not_found`, `forbidden`, `decided_already`, `conflict_stale`, `invalid_input` for more than was pledged */
export const accept = (
  database: Database,
  person: Person,
  id: string,
  { version, accepted }: { version: number; accepted?: number | undefined },
): Promise<void> =>
  database.write(person, async (db) => {
    const { pledge } = await allowed(db, id, 'accept')
    if (accepted !== undefined && accepted > pledge.amount)
      throw refuse('invalid_input', {}, [{ path: 'accepted', code: 'too_high', params: { limit: pledge.amount } }])
    await decide(db, pledge, version, 'accepted', { accepted })
  })

/** Does not take a pledge, with a reason. @throws Refusal `not_found`, `forbidden`, `decided_already`, `conflict_stale` */
export const decline = (
  database: Database,
  person: Person,
  id: string,
  { version, code, note }: { version: number; code: DeclineCode; note?: string | undefined },
): Promise<void> =>
  database.write(person, async (db) => {
    const { pledge } = await allowed(db, id, 'decline')
    await decide(db, pledge, version, 'declined', { code, note })
  })

/** Records that some of a pledge has arrived. A second click records nothing twice. @throws Refusal `not_found`, `forbidden`, `decided_already`, `invalid_input` for a day to come */
export const deliver = (database: Database, person: Person, id: string, delivery: Delivery): Promise<void> =>
  database.write(person, async (db) => {
    const { pledge } = await allowed(db, id, 'deliver')
    const late = dayIssue('delivered_on', delivery.deliveredOn, { last: await today(db) })
    if (late !== undefined) throw refuse('invalid_input', {}, [late])
    if ((await listDeliveries(db, id)).some((each) => each.id === delivery.id)) return
    if (!(await insertDelivery(db, id, pledge.call.id, delivery))) throw refuse('conflict_stale')
    if (pledge.state === 'accepted') await writePledgeState(db, id, pledge.version, 'delivered', {})
    await totalsChanged(db, { id: pledge.call.id, isPublic: pledge.callIsPublic })
    await tell(db, pledge, 'delivered', { amount: delivery.amount, unit: pledge.line.unit })
    await logPledge(db, pledge, true, 'delivered', delivery)
  })

async function allowed(db: WriteScope, id: string, verb: PledgeVerb) {
  const held = await holdPledge(db, id)
  const { pledge, hats } = held
  if (!pledgeSides(hats, pledge).has('desk')) throw refuse('forbidden')
  if (nextPledge(pledge.state, verb, pledge.isOpen) === undefined || !mayDoPledge(hats, pledge, verb)) throw refuse('decided_already')
  return held
}

async function decide(db: WriteScope, pledge: Pledge, version: number, to: 'accepted' | 'declined', decision: Decision): Promise<void> {
  if (!(await writePledgeState(db, pledge.id, version, to, decision))) throw refuse('conflict_stale')
  await totalsChanged(db, { id: pledge.call.id, isPublic: pledge.callIsPublic })
  await tell(db, pledge, to, { amount: decision.accepted, unit: pledge.line.unit, code: decision.code, reason: decision.note })
  await logPledge(db, pledge, true, to, decision)
}

const tell = (db: WriteScope, { organization, call: { number, title, original }, id }: Pledge, what: Tidings['what'], more: Partial<Tidings>) =>
  tellMember(db, { organization: organization.id, what, number: number ?? '', title, original, path: `/pledges/${id}`, ...more })
