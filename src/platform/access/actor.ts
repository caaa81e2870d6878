/**
 * Who acts. Today the public and named parts of the system; persons and API keys join with the members module.
 *
 * - `public`: anybody, not signed in
 * - `importer`: loads the record from files
 * - `operator`: whoever runs the command line on the machine itself
 * - `jobs`: does what was put off until after a transaction, such as sending mail
 */
export type Actor = { kind: 'public' } | { kind: 'system'; name: SystemActor }

export type SystemActor = 'importer' | 'operator' | 'jobs'

export const thePublic: Actor = { kind: 'public' }
export const importer: Actor = { kind: 'system', name: 'importer' }
export const operator: Actor = { kind: 'system', name: 'operator' }
export const jobActor: Actor = { kind: 'system', name: 'jobs' }

/**
 * How the database knows an actor: the value of the setting `app.actor`, from which `app.principals()` derives whose grants apply.
 * Only lower-case letters, digits, `:` and `-`, so that it can stand in a SQL string.
 */
export function principal(actor: Actor): string {
  return actor.kind === 'public' ? 'public' : `system:${actor.name}`
}
