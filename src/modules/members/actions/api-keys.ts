import { accountById, addresseesOf, type Addressee } from '../../../platform/access/accounts.ts'
import { accounts, type KeyOwner, type Person } from '../../../platform/access/actor.ts'
import { countKeys, endKey, findKey, insertKey, listKeys, type ApiKeyShown } from '../../../platform/access/api-keys.ts'
import type { KeyScope } from '../../../platform/access/scopes.ts'
import type { Database, Scope, WriteScope } from '../../../platform/db/database.ts'
import type { Page } from '../../../platform/db/keyset.ts'
import { refuse } from '../../../platform/errors.ts'
import type { Secrets } from '../../../platform/secrets/secrets.ts'
import { mayKeepKeys } from '../policy.ts'
import { keyEnd, mostKeys } from '../rules/api-keys.ts'
import { isHeld } from '../rules/roles.ts'
import type { KeyInput } from '../schema/keys.ts'
import { readNow } from '../store/clock.ts'
import { readHats } from '../store/hats.ts'
import { readOrganization, type Organization } from '../store/organizations.ts'
import { heldRoles } from '../store/roles.ts'
import { logPerson } from './log-person.ts'
import { mailKey, type KeyMail } from './mail-key.ts'
import { lockOrganization } from './organizations.ts'
import { requireProof } from './proof.ts'
import { logPeople } from './roles.ts'

/** `base`: the address of this site, for the links in mails. `scopes`: what keys may reach, of all modules. */
export type KeyDeps = { database: Database; secrets: Secrets; base: string; scopes: readonly KeyScope[] }
type Holder = { owner: KeyOwner; organization: Organization | undefined }

/** Whose keys somebody means: their own, or those of a member that they administer. @throws Refusal `not_found`, `forbidden` */
async function openHolder(db: Scope, person: Person, organization: Organization | undefined | 'own'): Promise<Holder> {
  if (organization === 'own') return { owner: { kind: 'person', id: person.id }, organization: undefined }
  if (!organization) throw refuse('not_found')
  if (!mayKeepKeys(await readHats(db), organization)) throw refuse('forbidden')
  return { owner: { kind: 'organization', id: organization.id }, organization }
}

/** A page of keys, the newest first. @param member whose; nobody's: those of whoever acts */
export async function readKeys(database: Database, person: Person, member: string | undefined, cursor: string | undefined) {
  return database.read(person, async (db): Promise<{ page: Page<ApiKeyShown>; organization: Organization | undefined }> => {
    const { owner, organization } = await openHolder(db, person, member === undefined ? 'own' : await readOrganization(db, { key: member }))
    return { page: await listKeys(database, db, owner, cursor), organization }
  })
}

/** What the form for a new key starts from. @throws Refusal as `readKeys` */
export async function readKeyForm(database: Database, person: Person, member: string | undefined) {
  return database.read(person, async (db) => {
    const { organization } = await openHolder(db, person, member === undefined ? 'own' : await readOrganization(db, { key: member }))
    return { organization, now: await readNow(db) }
  })
}

/**
 * Makes a key.
 *
 * @returns the secret, to be shown once; `undefined` when this form has made one already
 * @throws Refusal `forbidden` without proof or right; `invalid_input` for a scope or a day that cannot be; `key_limit`
 */
export async function makeKey(deps: KeyDeps, person: Person, member: string | undefined, input: KeyInput): Promise<string | undefined> {
  const { database } = deps
  if (!input.scopes.every((scope) => deps.scopes.some(({ name }) => name === scope)))
    throw refuse('invalid_input', {}, [{ path: 'scopes', code: 'not_one_of', params: { values: deps.scopes.map(({ name }) => name).join(', ') } }])
  return database.write(person, async (db) => {
    await requireProof(database, db, person)
    const holder = await openHolder(db, person, member === undefined ? 'own' : await lockOrganization(db, member))
    const endsAt = keyEnd(input.until, await readNow(db))
    if (!endsAt) throw refuse('invalid_input', {}, [{ path: 'until', code: 'out_of_range' }])
    if ((await countKeys(database, db, holder.owner, person.id)) >= mostKeys) throw refuse('key_limit', { n: mostKeys })
    const token = await insertKey(database, db, { ...input, owner: holder.owner, madeBy: person.id, endsAt })
    if (token === undefined) return undefined
    const { id, name, scopes, until } = input
    await tell(deps, db, holder, { what: 'made', by: person.name, key: name, hint: token.slice(0, 13), scopes, until })
    await logKey(db, holder, 'members.api-key.made', { key: id, name, scopes, until })
    return token
  })
}

/** Revokes a key, from now on and for good. @throws Refusal `forbidden`, `not_found` */
export async function revokeKey(deps: KeyDeps, person: Person, member: string | undefined, id: string): Promise<void> {
  const { database } = deps
  await database.write(person, async (db) => {
    const holder = await openHolder(db, person, member === undefined ? 'own' : await lockOrganization(db, member))
    const ended = await endKey(database, db, holder.owner, id)
    if (!ended) throw refuse('not_found')
    await tell(deps, db, holder, { what: 'revoked', by: person.name, key: ended.name, hint: ended.hint })
    await logKey(db, holder, 'members.api-key.revoked', { key: id, name: ended.name })
  })
}

/** Revokes any key, such as one that was found where it should not be. For whoever runs the command line. @param given its id, or the secret @throws Refusal `key_none` */
export async function revokeAnyKey(deps: KeyDeps, given: string): Promise<{ id: string; name: string; owner: KeyOwner }> {
  const { database } = deps
  // Not every person's own space is open to the operator, but to the one who makes accounts it is.
  return database.write(accounts, async (db) => {
    const found = await findKey(database, db, given)
    const ended = found && (await endKey(database, db, found.owner, found.id))
    if (!found || !ended) throw refuse('key_none')
    const { owner } = found
    const holder = { owner, organization: owner.kind === 'organization' ? await readOrganization(db, { id: owner.id }) : undefined }
    await tell(deps, db, holder, { what: 'revoked', by: undefined, key: ended.name, hint: ended.hint })
    await logKey(db, holder, 'members.api-key.revoked', { key: ended.id, name: ended.name, by: 'operator' }, true)
    return { id: ended.id, name: ended.name, owner }
  })
}

/** Tells whose key it is by mail: the person, or all who administer the member. */
async function tell({ database, secrets, base, scopes }: KeyDeps, db: WriteScope, { owner, organization }: Holder, mail: KeyMail): Promise<void> {
  for (const to of await addressees(database, db, owner)) await mailKey(db, secrets, to, organization, mail, { base, scopes })
}

async function addressees(database: Database, db: WriteScope, owner: KeyOwner): Promise<Addressee[]> {
  if (owner.kind === 'person') {
    const account = await accountById(database, db, owner.id)
    return account ? [account] : []
  }
  const now = await readNow(db)
  const admins = (await heldRoles(db, owner.id)).filter((held) => held.role === 'admin' && isHeld(held, now))
  return addresseesOf(database, db, [...new Set(admins.map(({ personId }) => personId))])
}

const logKey = async (db: WriteScope, { owner, organization }: Holder, verb: string, payload: object, byDesk = false): Promise<unknown> =>
  organization ? logPeople(db, organization, byDesk, verb, payload) : logPerson(db, owner.id, verb, payload)
