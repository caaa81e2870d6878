import { sql } from 'kysely'
import type { Scope, WriteScope } from '../db/database.ts'

declare module '../db/tables.ts' {
  interface Tables {
    'app.idempotency_key': {
      actor: string
      digest: Buffer
      request: Buffer
      ticket: string
      asked_at: Date
      acted_at: Date | null
      ends_at: Date
      status: number | null
      media_type: string | null
      location: string | null
      body: Buffer | null
    }
  }
}

/** For how many hours an answer is given again. */
export const hoursKept = 24
/** Seconds after which an attempt that has done nothing is given up for dead, so that another may be made. */
const longestAttempt = 60

/** One attempt at what was asked with a key. */
export type Attempt = { digest: Buffer; request: Buffer; ticket: string }
/** An answer as it was given. */
export type Answer = { status: number; mediaType: string | null; location: string | null; body: Buffer }
/** How a key stands: another attempt is at it, its act was done and the answer lost, it was answered, or it belongs to another request. */
export type Standing = { what: 'in_flight' | 'lost' | 'reused' } | { what: 'answered'; answer: Answer }

/** Takes a key for an attempt. @returns nothing when it is ours; else how it stands */
export async function takeKey(db: WriteScope, { digest, request, ticket }: Attempt): Promise<Standing | undefined> {
  const { rows } = await sql`
    insert into app.idempotency_key as k (actor, digest, request, ticket, ends_at)
    values (current_setting('app.actor'), ${digest}, ${request}, ${ticket}, now() + make_interval(hours => ${hoursKept}))
    on conflict (actor, digest) do update set request = excluded.request, ticket = excluded.ticket, asked_at = now(), acted_at = null, ends_at = excluded.ends_at,
      status = null, media_type = null, location = null, body = null
    where k.ends_at <= now() or (k.request = excluded.request and k.acted_at is null and k.status is null and k.asked_at < now() - make_interval(secs => ${longestAttempt}))
    returning 1`.execute(db)
  return rows.length > 0 ? undefined : readStanding(db, digest, request)
}

async function readStanding(db: Scope, digest: Buffer, request: Buffer): Promise<Standing> {
  const { rows } = await sql<{ same: boolean; late: boolean } & Record<'status' | 'mediaType' | 'location' | 'body', unknown>>`
    select request = ${request} as same, status, media_type as "mediaType", location, body,
      acted_at is not null and asked_at < now() - make_interval(secs => ${longestAttempt}) as late
    from app.idempotency_key where actor = current_setting('app.actor') and digest = ${digest}`.execute(db)
  const [row] = rows
  if (row && !row.same) return { what: 'reused' }
  if (!row || row.status === null) return { what: row?.late ? 'lost' : 'in_flight' }
  return { what: 'answered', answer: row as unknown as Answer }
}

/** Notes in the transaction of the act itself that it is done. @returns `false` when the attempt was given up for dead and another has the key */
export async function noteAct(db: WriteScope, { digest, ticket }: Attempt): Promise<boolean> {
  const { rows } =
    await sql`update app.idempotency_key set acted_at = now() where actor = current_setting('app.actor') and digest = ${digest} and ticket = ${ticket} returning 1`.execute(
      db,
    )
  return rows.length > 0
}

/** Keeps the answer of an attempt; a refusal with which nothing was done gives the key free again. */
export async function noteAnswer(db: WriteScope, { digest, ticket }: Attempt, { status, mediaType, location, body }: Answer): Promise<void> {
  const isKept = sql`(acted_at is not null or ${status}::int < 400)`
  await sql`
    update app.idempotency_key set ends_at = case when ${isKept} then ends_at else now() end, status = case when ${isKept} then ${status}::int end,
      media_type = case when ${isKept} then ${mediaType}::text end, location = case when ${isKept} then ${location}::text end, body = case when ${isKept} then ${body}::bytea end
    where actor = current_setting('app.actor') and digest = ${digest} and ticket = ${ticket}`.execute(db)
}

/** Deletes what has ended. @returns how many */
export async function forgetAnswers(db: WriteScope): Promise<number> {
  const { rows } = await sql<{ n: number }>`select app.forget_answers() as n`.execute(db)
  return rows[0]?.n ?? 0
}
