import type { Scope, WriteScope } from '../../../platform/db/database.ts'
import { refuse } from '../../../platform/errors.ts'
import { readHats, type Hats } from '../../members/index.ts'
import { lockCall, readCall, type Call } from '../store/calls.ts'
import { readPledge, type Pledge } from '../store/pledges.ts'

/** A call that the actor may read, with under which names they act. @throws Refusal `not_found` */
export async function openCall(db: Scope, id: string): Promise<{ call: Call; hats: Hats }> {
  const call = await readCall(db, id)
  if (!call) throw refuse('not_found')
  return { call, hats: await readHats(db) }
}

/** One that nobody else writes until the end of the transaction. @throws Refusal `not_found` */
export async function holdCall(db: WriteScope, id: string): Promise<{ call: Call; hats: Hats }> {
  await lockCall(db, id)
  return openCall(db, id)
}

/** A pledge that the actor may read. @throws Refusal `not_found` */
export async function openPledge(db: Scope, id: string): Promise<{ pledge: Pledge; hats: Hats }> {
  const pledge = await readPledge(db, id)
  if (!pledge) throw refuse('not_found')
  return { pledge, hats: await readHats(db) }
}

/** One whose call nobody else writes until the end of the transaction. @throws Refusal `not_found` */
export async function holdPledge(db: WriteScope, id: string): Promise<{ pledge: Pledge; hats: Hats }> {
  const { pledge } = await openPledge(db, id)
  await lockCall(db, pledge.call.id)
  return openPledge(db, id)
}
