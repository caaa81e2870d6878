import { sql } from 'kysely'
import type { Database, Scope, WriteScope } from '../db/database.ts'
import type { Language } from '../i18n/languages.ts'
import { newId } from '../id.ts'
import { instanceSpaces } from '../spaces.ts'
import './auth-tables.ts'
import { digestOf, newToken } from './tokens.ts'

/** Who is signed in with a browser. */
/** `stale`: it is time to note that it is in use. `roles`, `works`: see `Person`. */
export type Session = { id: string; personId: string; name: string; language: Language; roles: string[]; works: string[]; stale: boolean }
export type SessionShown = { id: string; madeAt: Date; seenAt: Date; address: string; agent: string }

/** A session ends after so many days without a visit, and in any case after `longest`. */
const idle = 14
const longest = 90
/** Seen times are written at most once in so many minutes. */
const seenEvery = 5

/** Where somebody signs in from; `session`: the one that this browser is in, which ends when the new one begins. */
export type Visitor = { address: string; agent: string; session?: string | undefined }

/**
 * Signs a person in: from now on the token, which only the browser keeps, stands for them. Always a new token, so that one planted before means nothing.
 *
 * @returns the token for the cookie
 */
export async function startSession(
  database: Database,
  db: WriteScope,
  personId: string,
  { address, agent, session }: Visitor,
): Promise<{ id: string; token: string }> {
  const [id, token] = [newId(), newToken()]
  await database.asAuthority(db, async () => {
    if (session !== undefined) await sql`update auth.session set ended_at = now() where id = ${session} and ended_at is null`.execute(db)
    await sql`insert into auth.session (id, account_id, token, ends_at, address, agent)
      values (${id}, ${personId}, ${digestOf(token)}, now() + make_interval(days => ${longest}), ${address.slice(0, 100)}, ${agent.slice(0, 400)})`.execute(db)
  })
  return { id, token }
}

/** Who a token stands for, if anybody. */
export async function readSession(database: Database, db: Scope, token: string): Promise<Session | undefined> {
  const { rows } = await database.asAuthority(db, () =>
    sql<Session>`
      select s.id, s.account_id as "personId", a.name, a.language, held.names as roles, app.written_by(held.names, ${instanceSpaces}::uuid[]) as works,
        s.seen_at < now() - make_interval(mins => ${seenEvery}) as stale
      from auth.session s join auth.account a on a.id = s.account_id
        -- The offset keeps the planner from asking for the names twice.
        cross join lateral (select app.principals_of(a.id) as names offset 0) held
      where s.token = ${digestOf(token)} and s.ended_at is null and s.ends_at > now() and s.seen_at > now() - make_interval(days => ${idle}) and a.closed_at is null`.execute(
      db,
    ),
  )
  return rows[0]
}

/** Notes that a session is in use. */
export async function seeSession(database: Database, db: WriteScope, id: string): Promise<void> {
  await database.asAuthority(db, () =>
    sql`update auth.session set seen_at = now() where id = ${id} and seen_at < now() - make_interval(mins => ${seenEvery})`.execute(db),
  )
}

/** For how many minutes somebody who showed anew who they are may change their factors. */
const provenFor = 10

/**
 * Notes that the person of a session has shown anew who they are. What they may do from now on goes with a new token: one that was read off before stands for nobody.
 *
 * @returns the token for the cookie
 */
export async function proveSession(database: Database, db: WriteScope, id: string): Promise<string> {
  const token = newToken()
  await database.asAuthority(db, () =>
    sql`update auth.session set proven_at = now(), token = ${digestOf(token)} where id = ${id} and ended_at is null`.execute(db),
  )
  return token
}

/** Whether the person of a session showed lately who they are. */
export async function isProven(database: Database, db: Scope, id: string): Promise<boolean> {
  const { rows } = await database.asAuthority(db, () =>
    sql`select from auth.session where id = ${id} and ended_at is null and proven_at > now() - make_interval(mins => ${provenFor})`.execute(db),
  )
  return rows.length > 0
}

/** Ends one session of a person, or all but one. @returns how many ended */
export async function endSessions(
  database: Database,
  db: WriteScope,
  personId: string,
  which: { only: string } | { allBut: string | undefined },
): Promise<number> {
  const [only, but] = 'only' in which ? [which.only, null] : [null, which.allBut ?? null]
  const { numAffectedRows } = await database.asAuthority(db, () =>
    sql`update auth.session set ended_at = now() where account_id = ${personId} and ended_at is null
      and (${only}::uuid is null or id = ${only}::uuid) and (${but}::uuid is null or id <> ${but}::uuid)`.execute(db),
  )
  return Number(numAffectedRows ?? 0)
}

/** The browsers in which a person is signed in, the one seen last first. */
export async function listSessions(database: Database, db: Scope, personId: string): Promise<SessionShown[]> {
  const { rows } = await database.asAuthority(db, () =>
    sql<SessionShown>`select id, made_at as "madeAt", seen_at as "seenAt", address, agent from auth.session
      where account_id = ${personId} and ended_at is null and ends_at > now() and seen_at > now() - make_interval(days => ${idle}) order by seen_at desc, id limit 100`.execute(
      db,
    ),
  )
  return rows
}

/** Whether a token is of a session that this account once had: the browser is known, whether it is signed in or not. */
export async function isKnownDevice(database: Database, db: Scope, email: string, token: string): Promise<boolean> {
  const { rows } = await database.asAuthority(db, () =>
    sql`select from auth.session s join auth.account a on a.id = s.account_id where s.token = ${digestOf(token)} and a.email = ${email}`.execute(db),
  )
  return rows.length > 0
}
