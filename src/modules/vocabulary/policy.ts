import { worksIn, type Actor } from '../../platform/access/actor.ts'
import { curationSpace } from '../../platform/spaces.ts'
import type { readHats } from '../members/index.ts'

const isSystem = (actor: Actor, ...names: string[]) => actor.kind === 'system' && names.includes(actor.name)

/** Loading concepts from files is the importer's alone. */
export const mayImport = (actor: Actor): boolean => isSystem(actor, 'importer')

/** Sees the desk of the vocabulary: the curators, the secretariat and the administrators of the network that runs the instance. */
export const mayCurate = (actor: Actor): boolean => worksIn(actor, curationSpace)

/** Merges, retires and brings back: who curates, and whoever runs the machine. */
export const mayRetire = (actor: Actor): boolean => mayCurate(actor) || isSystem(actor, 'operator')

/** Takes a proposal back: whoever made it. */
export const mayWithdraw = (actor: Actor, { personId }: { personId: string }): boolean => actor.kind === 'person' && actor.id === personId

type Hats = Awaited<ReturnType<typeof readHats>>

/** Proposes for a member: its admins and editors, while it is admitted. */
export const mayProposeFor = (hats: Hats, organization: string): boolean =>
  ['admin', 'editor'].some((role) => hats.roles.get(organization)?.has(role as 'admin' | 'editor') === true)
