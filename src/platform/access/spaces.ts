import { sql } from 'kysely'
import type { Scope, WriteScope } from '../db/database.ts'

/** What a grant lets somebody do in a space: read it, add to it, change what is there (includes adding), or say who else may. */
export type GrantScope = 'read' | 'add' | 'write' | 'own'

/**
 * Who is let into a space. `grantee`: `public`, `network:<id>`, `organization:<id>`, `role:<id>:<role>`, `person:<id>` or `system:<name>`.
 * `until`: ISO 8601 with time; until they are let out, if not given.
 */
export type Grant = { grantee: string; scope: GrantScope; until?: string }

/** The grants of one name, one for each scope. */
export const grantsOf = (grantee: string, ...scopes: GrantScope[]): Grant[] => scopes.map((scope) => ({ grantee, scope }))

/**
 * Makes a space. Whoever acts may: it holds nothing yet.
 *
 * @param name lower case, digits and hyphens; once in the whole instance
 */
export async function makeSpace(db: WriteScope, id: string, name: string, grants: readonly Grant[]): Promise<void> {
  await sql`select app.make_space(${id}, ${name}, ${JSON.stringify(grants)}::jsonb)`.execute(db)
}

/**
 * Makes a space within another one, such as the own side of a party within a dossier. It lets in nobody whom the space around does not, nor for longer.
 *
 * @throws an error of the database, 42501 if the actor may not add to the space around, or a grant reaches beyond it
 */
export async function makeSubSpace(db: WriteScope, id: string, name: string, around: string, grants: readonly Grant[]): Promise<void> {
  await sql`select app.make_sub_space(${id}, ${name}, ${around}, ${JSON.stringify(grants)}::jsonb)`.execute(db)
}

/**
 * Lets somebody into a space that the actor owns: into this period of it; who is to see what was before is let into earlier ones too.
 *
 * @param during from when, until when: from now on, until they are let out, if not given
 * @throws an error of the database, 42501 if the actor does not own the space, or the space around it does not let them in for that time, 22007 for a time that is over
 */
export async function letIn(db: WriteScope, space: string, { grantee, scope }: Grant, during: { since?: Date; until?: Date } = {}): Promise<void> {
  await sql`select app.grant_space(${space}, ${grantee}, ${scope}, coalesce(${during.since ?? null}::timestamptz, now()), ${during.until ?? null}::timestamptz)`.execute(
    db,
  )
}

/**
 * Lets somebody out of a space that the actor owns, of all its periods, and of all spaces within it.
 *
 * @returns how many grants ended
 * @throws an error of the database, 42501 if the actor does not own the space, 23514 if nobody would be left who does
 */
export async function letOut(db: WriteScope, space: string, grantee: string): Promise<number> {
  const { rows } = await sql<{ ended: number }>`select app.end_grants(${space}, ${grantee}) as ended`.execute(db)
  return rows[0]?.ended ?? 0
}

/**
 * Begins the next period of a space that the actor owns, in which all that is new is written from now on: it has the same audience, and whoever is let in later
 * sees of the past only those periods that they are let into.
 *
 * @param leaver who goes with the old period, and keeps what they could read of it
 */
export async function beginPeriod(db: WriteScope, space: string, next: string, leaver?: string): Promise<void> {
  await sql`select app.next_period(${space}, ${next}, ${leaver ?? null})`.execute(db)
}

/** The newest period of a space that the actor is let into, which is where they write. */
export async function newestPeriod(db: Scope, space: string): Promise<string | undefined> {
  const { rows } = await sql<{ id: string }>`select id from app.space
    where coalesce(first_id, id) = coalesce((select g.first_id from app.space g where g.id = ${space}), ${space}) order by period desc limit 1`.execute(db)
  return rows[0]?.id
}
