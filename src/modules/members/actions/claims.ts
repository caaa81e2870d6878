import { accountById, addresseesOf } from '../../../platform/access/accounts.ts'
import type { Person } from '../../../platform/access/actor.ts'
import type { Database, WriteScope } from '../../../platform/db/database.ts'
import { refuse } from '../../../platform/errors.ts'
import type { Secrets } from '../../../platform/secrets/secrets.ts'
import { mayClaim, mayRunNetwork } from '../policy.ts'
import { insertClaim, linkEntry, readClaim, unlinkEntry, writeClaim, type Claim, type ClaimState, type NewClaim } from '../store/claims.ts'
import { readHats } from '../store/hats.ts'
import { readOrganization } from '../store/organizations.ts'
import { mailClaim } from './mails.ts'
import { logPublic } from './organizations.ts'
import { logPeople } from './roles.ts'
import { tellDesk } from './tell-desk.ts'

type Deps = { database: Database; secrets: Secrets }

/** An admin says that an entry of the record is about their organization, and how one can tell. @param keepFile writes the document in the same transaction */
export async function claimEntry(
  { database }: Pick<Deps, 'database'>,
  person: Person,
  key: string,
  typed: { id: string; entry: NewClaim['entry']; evidence: string },
  base: string,
  keepFile?: (db: WriteScope, spaceId: string) => Promise<string>,
): Promise<void> {
  const account = await database.read(person, (db) => accountById(database, db, person.id))
  if (!account) throw refuse('forbidden')
  await database.write(person, async (db) => {
    const organization = await readOrganization(db, { key })
    if (!organization) throw refuse('not_found')
    if (!mayClaim(await readHats(db), organization)) throw refuse('forbidden')
    // A second click: it lies on the desk already.
    if (await readClaim(db, typed.id)) return
    const documentId = (await keepFile?.(db, organization.people)) ?? null
    const { id, entry, evidence } = typed
    if (!(await insertClaim(db, { id, organization, personId: person.id, email: account.email, entry, evidence, documentId }))) throw refuse('claim_standing')
    await tellDesk(db, { network: organization.network, what: 'claim', name: organization.name[organization.original] ?? key, link: `${base}/claims/${id}` })
    await logPeople(db, organization, false, 'members.claim.sent', { entry: entry.key, evidence, document: documentId })
  })
}

/** The secretariat decides on a claim, or ends what it had verified. */
export async function decideClaim(
  { database, secrets }: Deps,
  person: Person,
  id: string,
  typed: { verdict: 'verified' | 'refused' | 'ended'; reason: string | null; version: number },
  base: string,
): Promise<void> {
  await database.write(person, async (db) => {
    const claim = await readClaim(db, id)
    if (!claim || !mayRunNetwork(await readHats(db), claim.network)) throw refuse('not_found')
    if (claim.state !== (typed.verdict === 'ended' ? 'verified' : 'sent')) throw refuse('decided_already')
    if (claim.version !== typed.version) throw refuse('conflict_stale')
    await settle(db, claim, typed.verdict, typed.reason)
    for (const to of await addresseesOf(database, db, [claim.personId]))
      await mailClaim(db, secrets, to, claim, { verdict: typed.verdict, reason: typed.reason ?? '', base })
    await logPeople(db, { ...claim.organization, people: claim.space, desk: claim.desk }, true, `members.claim.${typed.verdict}`, {
      entry: claim.entryKey,
      reason: typed.reason,
    })
    if (typed.verdict !== 'refused')
      await logPublic(db, claim.organization.id, `members.entry.${typed.verdict === 'verified' ? 'linked' : 'unlinked'}`, { entry: claim.entryKey })
  })
}

async function settle(db: WriteScope, claim: Claim, verdict: ClaimState, reason: string | null): Promise<void> {
  if (!(await writeClaim(db, claim, verdict, reason))) throw refuse('conflict_stale')
  if (verdict === 'verified' && !(await linkEntry(db, claim))) throw refuse('entry_taken')
  if (verdict === 'ended') await unlinkEntry(db, claim.id)
}

/** The organization takes a claim back before it is decided. */
export async function withdrawClaim(database: Database, person: Person, id: string): Promise<void> {
  await database.write(person, async (db) => {
    const claim = await readClaim(db, id)
    if (!claim || !mayClaim(await readHats(db), { id: claim.organization.id, network: claim.network })) throw refuse('not_found')
    if (claim.state !== 'sent' || !(await writeClaim(db, claim, 'withdrawn', null))) throw refuse('decided_already')
    await logPeople(db, { ...claim.organization, people: claim.space, desk: claim.desk }, false, 'members.claim.withdrawn', { entry: claim.entryKey })
  })
}
