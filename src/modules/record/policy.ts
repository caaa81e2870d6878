import type { Actor } from '../../platform/access/actor.ts'
import { mayRunDesk } from '../members/index.ts'

/** Loading the record from files is the importer's alone. */
export const mayImport = (actor: Actor): boolean => actor.kind === 'system' && actor.name === 'importer'

/** Anybody may say that something is wrong. */
export const maySuggestCorrection = (_actor: Actor): boolean => true

/** What visitors sent is for whoever runs the instance, on its machine or at its desk. */
export const mayReadCorrections = (actor: Actor): boolean => mayRunDesk(actor) || (actor.kind === 'system' && actor.name === 'operator')

/** Dealing with it is for the desk: the log names who did. */
export const mayCloseCorrection = mayRunDesk

/** Matching with a registry of organizations writes what it finds, as an import does. */
export const mayMatch = mayImport

/** So is telling that two organizations on record are one. */
export const mayMerge = mayImport
