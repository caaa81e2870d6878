import type { Language } from '../i18n/languages.ts'

/**
 * Who acts.
 *
 * - `public`: anybody, not signed in
 * - a person, signed in with a browser; what they may do follows from their roles and offices (`app.principals()`)
 * - an API key of a person or an organization: at most what its owner may, and of that only what its scopes name (`app.principals_of_key()`, `app.actor_may()`)
 * - `importer`: loads the record from files
 * - `operator`: whoever runs the command line on the machine itself
 * - `accounts`: makes the account and the first spaces of somebody who comes in
 * - `jobs`: does what was put off until after a transaction, such as sending mail
 */
export type Actor = { kind: 'public' } | Person | Key | { kind: 'system'; name: SystemActor }
export type Person = {
  kind: 'person'
  id: string
  name: string
  language: Language
  session: string
  /** Under which names they hold grants beside their own (`role:<where>:<role>`), as of this request. */
  roles?: readonly string[]
  /** In which of the instance's own spaces (`instanceSpaces`) they may change things, as of this request. */
  works?: readonly string[]
}

export type Key = { kind: 'key'; id: string; name: string; owner: KeyOwner; scopes: readonly string[]; endsAt: Date }
/** Whoever may write for somebody: a person, or a key of a person or a member. */
export type Acting = Person | Key
/** Whose key it is. */
export type KeyOwner = { kind: 'person' | 'organization'; id: string }

export type SystemActor = 'importer' | 'operator' | 'accounts' | 'jobs'

export const thePublic: Actor = { kind: 'public' }
export const importer: Actor = { kind: 'system', name: 'importer' }
export const accounts: Actor = { kind: 'system', name: 'accounts' }
export const operator: Actor = { kind: 'system', name: 'operator' }
export const jobActor: Actor = { kind: 'system', name: 'jobs' }

/**
 * How the database knows an actor: the value of the setting `app.actor`, from which `app.principals()` derives whose grants apply.
 * Only lower-case letters, digits, `:` and `-`, so that it can stand in a SQL string.
 */
export function principal(actor: Actor): string {
  if (actor.kind === 'public') return 'public'
  return actor.kind === 'system' ? `system:${actor.name}` : `${actor.kind}:${actor.id}`
}

/** Whether an actor is a person who may change things in one of the instance's own spaces. As with roles, it decides what is shown. */
export const worksIn = (actor: Actor, space: string): boolean => actor.kind === 'person' && (actor.works ?? []).includes(space)

/** Whether an actor is a person who holds one of these roles, wherever. It decides what is shown; what may be read and written the database decides by grants. */
export const holdsRole = (actor: Actor, roles: readonly string[]): boolean =>
  actor.kind === 'person' && (actor.roles ?? []).some((held) => roles.some((role) => held.endsWith(`:${role}`)))
