import { accountByEmail, accountById, insertAccount, setPassword } from '../../../platform/access/accounts.ts'
import { accounts, thePublic, type Person } from '../../../platform/access/actor.ts'
import { readLink, takeLink, type Link, type LinkPurpose } from '../../../platform/access/links.ts'
import { startSession, type Visitor } from '../../../platform/access/sessions.ts'
import type { Database, Scope, WriteScope } from '../../../platform/db/database.ts'
import { refuse, type Issue } from '../../../platform/errors.ts'
import type { Language } from '../../../platform/i18n/languages.ts'
import { newId } from '../../../platform/id.ts'
import { logAct } from '../../../platform/log/log.ts'
import { offices, roles } from '../schema/kinds.ts'
import { giveApplication, readApplication, type Application } from '../store/applications.ts'
import { closeInvitation, readInvitation, type Invitation } from '../store/invitations.ts'
import { appoint, listNetworks } from '../store/networks.ts'
import { readOrganization } from '../store/organizations.ts'
import { makePerson, ownSpaceOf } from '../store/persons.ts'
import { giveRole } from '../store/roles.ts'
import { hashNew } from './new-password.ts'

/** What a link that came by mail leads into. */
export type Joining = { email: string; hasAccount: boolean; invitation?: Invitation; application?: Application }

const purposes: readonly LinkPurpose[] = ['invitation', 'address']

async function linkOf(database: Database, db: Scope, token: string): Promise<{ link: Link; purpose: LinkPurpose } | undefined> {
  for (const purpose of purposes) {
    const link = await readLink(database, db, purpose, token)
    if (link) return { link, purpose }
  }
  return undefined
}

async function aboutOf(db: Scope, { aboutId }: Link, purpose: LinkPurpose): Promise<Pick<Joining, 'invitation' | 'application'>> {
  const id = aboutId ?? newId()
  if (purpose === 'address') {
    const application = await readApplication(db, id)
    if (!application) throw refuse('link_ended')
    return { application }
  }
  const invitation = await readInvitation(db, id)
  if (!invitation?.isOpen) throw refuse('link_ended')
  return { invitation }
}

/** What a link is for. @throws Refusal `link_ended` also for an invitation that was withdrawn */
export function readJoining(database: Database, token: string): Promise<Joining> {
  return database.read(accounts, async (db) => {
    const found = await linkOf(database, db, token)
    if (!found || found.link.email === null) throw refuse('link_ended')
    const { email } = found.link
    return { email, hasAccount: (await accountByEmail(database, db, email)) !== undefined, ...(await aboutOf(db, found.link, found.purpose)) }
  })
}

type Typed = { name: string; password: string; language: Language }

/** Follows a link as somebody new: makes their account, and does what the link is for. @returns the token of the session and where to go, or what is wrong */
export async function joinAsNew(database: Database, token: string, typed: Typed, from: Visitor): Promise<{ token: string; next: string } | Issue[]> {
  const { email, hasAccount } = await readJoining(database, token)
  // Whoever has an account signs in first: a link in an old mail must not stand in for their password.
  if (hasAccount) throw refuse('link_of_another')
  const made = await hashNew(database, typed.password, { email, name: typed.name })
  if ('issues' in made) return made.issues
  const id = newId()
  return database.write(accounts, async (db) => {
    if (!(await insertAccount(database, db, { id, email, ...typed }))) throw refuse('link_of_another')
    await setPassword(database, db, id, made.hash)
    const space = await makePerson(db, { id, ...typed })
    const next = await follow(database, db, token, { id, space })
    const session = await startSession(database, db, id, from)
    await logAct(db, {
      chain: `person:${id}`,
      spaceId: space,
      verb: 'members.person.joined',
      object: { kind: 'person', id },
      payload: { language: typed.language },
    })
    return { token: session.token, next }
  })
}

/** Follows a link as somebody who has an account. @returns where to go @throws Refusal `link_of_another` */
export async function joinAsPerson(database: Database, person: Person, token: string): Promise<string> {
  const account = await database.read(thePublic, (db) => accountById(database, db, person.id))
  const { email } = await readJoining(database, token)
  if (account?.email !== email) throw refuse('link_of_another')
  return database.write(accounts, async (db) => follow(database, db, token, { id: person.id, space: await ownSpaceOf(db, person.id) }))
}

async function follow(database: Database, db: WriteScope, token: string, person: { id: string; space: string }): Promise<string> {
  const found = await linkOf(database, db, token)
  if (!found || !(await takeLink(database, db, found.purpose, token))) throw refuse('link_ended')
  const { invitation, application } = await aboutOf(db, found.link, found.purpose)
  if (application) return own(db, application, person)
  if (!invitation || !(await closeInvitation(db, invitation.id, 'accepted'))) throw refuse('link_ended')
  return invitation.organization ? actFor(db, invitation, person.id) : workFor(db, invitation, person.id)
}

/** The application becomes that of the person; if it was admitted meanwhile, they are the first admin. */
async function own(db: WriteScope, application: Application, person: { id: string; space: string }): Promise<string> {
  await giveApplication(db, application.id, person)
  if (application.state === 'admitted' && application.organization) {
    const organization = await readOrganization(db, { id: application.organization.id })
    if (organization) await giveRole(db, organization, { personId: person.id, role: 'admin' })
  }
  await logAct(db, {
    chain: `application:${application.id}`,
    spaceId: application.desk,
    verb: 'members.application.confirmed',
    object: { kind: 'application', id: application.id },
    payload: { person: person.id },
  })
  return `/applications/${application.id}`
}

async function actFor(db: WriteScope, { organization, role, email, guestUntil }: Invitation, personId: string): Promise<string> {
  const given = roles.find((each) => each === role)
  if (!organization || !given) throw refuse('link_ended')
  await giveRole(db, organization, { personId, role: given, ...(guestUntil && { until: guestUntil }) })
  await logAct(db, {
    chain: `organization:${organization.id}`,
    spaceId: organization.desk,
    organizationId: organization.id,
    verb: 'members.role.given',
    object: { kind: 'organization', id: organization.id },
    payload: { person: personId, role, email },
  })
  return `/members/${organization.key}`
}

async function workFor(db: WriteScope, { network: of, role, email }: Invitation, personId: string): Promise<string> {
  const network = (await listNetworks(db)).find(({ id }) => id === of?.id)
  const office = offices.find((each) => each === role)
  if (!network || !office) throw refuse('link_ended')
  await appoint(db, network, personId, office)
  await logAct(db, {
    chain: `network:${network.id}`,
    spaceId: network.desk,
    verb: 'members.office.given',
    object: { kind: 'network', id: network.id },
    payload: { person: personId, office, email },
  })
  return '/desk'
}
