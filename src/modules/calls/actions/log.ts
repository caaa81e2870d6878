import type { WriteScope } from '../../../platform/db/database.ts'
import { logAct } from '../../../platform/log/log.ts'
import { everybodySpace, type Call } from '../store/calls.ts'
import type { Pledge } from '../store/pledges.ts'

type Logged = Pick<Call, 'id' | 'desk' | 'people' | 'isPublic' | 'organization'>

/**
 * Adds to the log of a call. `seen`: what everybody sees of a public one has changed, so everybody may read that it did; else the desk reads of what it did, and the
 * member of what that did.
 */
export async function logCall(
  db: WriteScope,
  call: Logged,
  { seen, byDesk }: { seen: boolean; byDesk: boolean },
  verb: string,
  payload: object,
): Promise<void> {
  const own = byDesk ? call.desk : (call.people ?? call.desk)
  await logAct(db, {
    chain: `dossier:${call.id}`,
    spaceId: seen && call.isPublic ? everybodySpace : own,
    ...(!byDesk && call.organization !== null && { organizationId: call.organization.id }),
    verb: `calls.call.${verb}`,
    object: { kind: 'call', id: call.id },
    payload,
  })
}

/** Adds to the log of a pledge, where only the side that acted reads it: nobody else learns who pledged. */
export async function logPledge(
  db: WriteScope,
  pledge: Pick<Pledge, 'id' | 'desk' | 'people'> & { call: { id: string }; organization: { id: string } },
  byDesk: boolean,
  verb: string,
  payload: object,
): Promise<void> {
  await logAct(db, {
    chain: `dossier:${pledge.call.id}`,
    spaceId: byDesk ? pledge.desk : pledge.people,
    ...(!byDesk && { organizationId: pledge.organization.id }),
    verb: `calls.pledge.${verb}`,
    object: { kind: 'pledge', id: pledge.id },
    payload,
  })
}
