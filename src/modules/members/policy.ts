import type { Hats } from './rules/hats.ts'
import type { Role } from './schema/kinds.ts'

/** An organization as far as rights go: `network` is the one whose secretariat looks after it. */
type Whose = { id: string; network: string }

/** Runs a network: its secretariat, and its administrators. */
export const mayRunDesk = (hats: Hats, network: string): boolean =>
  hats.offices.get(network)?.has('secretariat') === true || hats.offices.get(network)?.has('administrator') === true

/** Runs some network. */
export const mayRunSomeDesk = (hats: Hats): boolean => [...hats.offices.keys()].some((network) => mayRunDesk(hats, network))

/** Says who works for a network. */
export const mayAppoint = (hats: Hats, network: string): boolean => hats.offices.get(network)?.has('administrator') === true

const holds = (hats: Hats, organization: string, ...wanted: Role[]) => wanted.some((role) => hats.roles.get(organization)?.has(role) === true)

/** Writes what an organization says of itself: its admins and editors, and for it the secretariat. */
export const mayWriteProfile = (hats: Hats, { id, network }: Whose): boolean => holds(hats, id, 'admin', 'editor') || mayRunDesk(hats, network)

/** Whether what they write is marked as written by the secretariat. */
export const isOnBehalf = (hats: Hats, { id }: Whose): boolean => !holds(hats, id, 'admin', 'editor')

/** Sees who acts for an organization. */
export const maySeePeople = (hats: Hats, { id, network }: Whose): boolean => hats.organizations.has(id) || mayRunDesk(hats, network)

/** Says who acts for an organization. */
export const maySayWhoActs = (hats: Hats, { id, network }: Whose): boolean => holds(hats, id, 'admin') || mayRunDesk(hats, network)

/** Says for an organization that an entry of the record is about it. */
export const mayClaim = (hats: Hats, { id }: Whose): boolean => holds(hats, id, 'admin')
