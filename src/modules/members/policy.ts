import { holdsRole, worksIn, type Actor } from '../../platform/access/actor.ts'
import { deskSpace, outboxSpace } from '../../platform/spaces.ts'
import type { Hats } from './rules/hats.ts'
import type { Role } from './schema/kinds.ts'

/** The offices that run a network. */
const deskOffices = ['administrator', 'secretariat'] as const

/** Is shown the pages on which members are looked after: who runs a network, whichever. Each sees there what is on their own desk. */
export const mayLookAfterMembers = (actor: Actor): boolean => holdsRole(actor, deskOffices)

/** Reading what the public sends to the instance, and dealing with it: the offices of the network that is entrusted with it. */
export const mayRunDesk = (actor: Actor): boolean => worksIn(actor, deskSpace)

/** Seeing which mails have not gone out, reading them, having them tried again or taking them back. Fewer may: a mail may hold a link that lets somebody in. */
export const mayReadOutbox = (actor: Actor): boolean => worksIn(actor, outboxSpace)

/** Anybody may say that a page does harm. */
export const mayReport = (_actor: Actor): boolean => true

/** An organization as far as rights go: `network` is the one whose secretariat looks after it. */
type Whose = { id: string; network: string }

/** Runs a network: its secretariat, and its administrators. */
export const mayRunNetwork = (hats: Hats, network: string): boolean =>
  hats.offices.get(network)?.has('secretariat') === true || hats.offices.get(network)?.has('administrator') === true

/** Runs some network. */
export const mayRunSomeNetwork = (hats: Hats): boolean => [...hats.offices.keys()].some((network) => mayRunNetwork(hats, network))

/** Says who works for a network. */
export const mayAppoint = (hats: Hats, network: string): boolean => hats.offices.get(network)?.has('administrator') === true

const holds = (hats: Hats, organization: string, ...wanted: Role[]) => wanted.some((role) => hats.roles.get(organization)?.has(role) === true)

/** Writes what an organization says of itself: its admins and editors, and for it the secretariat. */
export const mayWriteProfile = (hats: Hats, { id, network }: Whose): boolean => holds(hats, id, 'admin', 'editor') || mayRunNetwork(hats, network)

/** Whether what they write is marked as written by the secretariat. */
export const isOnBehalf = (hats: Hats, { id }: Whose): boolean => !holds(hats, id, 'admin', 'editor')

/** Sees who acts for an organization: its people, and guests they let in. */
export const maySeePeople = (hats: Hats, { id, network }: Whose): boolean =>
  hats.organizations.has(id) || holds(hats, id, 'guest') || mayRunNetwork(hats, network)

/** Says who acts for an organization. */
export const maySayWhoActs = (hats: Hats, { id, network }: Whose): boolean => holds(hats, id, 'admin') || mayRunNetwork(hats, network)

/** Makes keys with which programs act for an organization, and revokes them. */
export const mayKeepKeys = (hats: Hats, { id }: Pick<Whose, 'id'>): boolean => holds(hats, id, 'admin')

/** Asks for an organization to be admitted to another network: its admins; where it is admitted to none, so that nobody has a role, whoever belongs to it. */
export const mayApplyFor = (hats: Hats, { id }: Pick<Whose, 'id'>): boolean => hats.organizations.has(id) && (holds(hats, id, 'admin') || !hats.roles.has(id))

/** Says for an organization that an entry of the record is about it. */
export const mayClaim = (hats: Hats, { id }: Whose): boolean => holds(hats, id, 'admin')
