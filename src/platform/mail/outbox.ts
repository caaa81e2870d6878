import { sql } from 'kysely'
import type { Scope, WriteScope } from '../db/database.ts'
import { keyset, pageOf, type Keyed, type Page } from '../db/keyset.ts'
import { refuse, Refusal } from '../errors.ts'
import type { Language } from '../i18n/languages.ts'
import { dropJob, holdJob, requeueJob } from '../jobs/store.ts'
import type { Secrets } from '../secrets/secrets.ts'
import { bodyPlace, logMail } from './store.ts'

/** How a mail stands that has not gone out: `refused` is the last word of the other side, `ended` means that what it says has no use any more. */
export const mailStates = ['waiting', 'refused', 'ended', 'withdrawn'] as const
export type MailState = (typeof mailStates)[number]

export type MailInOutbox = {
  id: string
  state: MailState
  madeAt: Date
  endsAt: Date
  to: string
  language: Language
  subject: string
  attempts: number
  answer: string | null
}

const pageSize = 50

const state = sql<MailState>`case when withdrawn_at is not null then 'withdrawn' when body is null or ends_at <= now() then 'ended'
  when refused_at is not null then 'refused' else 'waiting' end`
const columns = sql`id, ${state} as state, made_at as "madeAt", ends_at as "endsAt", recipient as to, language, subject, attempts, refusal as answer`

/** The mails in one state, for who counts them. */
export const mailsThat = (wanted: MailState) => sql`select from app.mail where sent_at is null and ${state} = ${wanted}`

/** The mails that have not gone out, newest first, of one state or of all. */
export async function listOutbox(
  db: Scope,
  { state: wanted, cursor }: { state?: MailState | undefined; cursor?: string | undefined },
): Promise<Page<MailInOutbox>> {
  const parts = keyset({ key: sql`made_at`, cast: 'timestamptz', id: sql`id`, descending: true }, cursor, pageSize)
  const fits = wanted === undefined ? sql`true` : sql`${state} = ${wanted}`
  const { rows } = await sql<Keyed<MailInOutbox>>`select ${columns}, ${parts.select} from app.mail
    where sent_at is null and ${fits} and ${parts.where} order by ${parts.orderBy} limit ${parts.limit}`.execute(db)
  return pageOf(parts, rows)
}

/** A mail that has not gone out. */
export async function readInOutbox(db: Scope, id: string): Promise<MailInOutbox | undefined> {
  const { rows } = await sql<MailInOutbox>`select ${columns} from app.mail where id = ${id} and sent_at is null`.execute(db)
  return rows[0]
}

/**
 * What a mail says, for somebody who reads it in its stead. The log tells that they did, since it may hold a link that lets somebody in.
 *
 * @returns `undefined` when it is emptied, or was sealed with a key that is not there any more
 */
export async function readBody(db: WriteScope, secrets: Secrets, id: string): Promise<string | undefined> {
  const { rows } = await sql<{ body: Buffer | null }>`select body from app.mail where id = ${id} and sent_at is null`.execute(db)
  const body = rows[0]?.body
  if (!body) return undefined
  const text = await secrets.open(body, bodyPlace(id)).catch((error: unknown) => {
    if (error instanceof Refusal && error.code === 'sealed_unreadable') return undefined
    throw error
  })
  if (text !== undefined) await logMail(db, 'mail.read', id, {})
  return text
}

/**
 * Has a mail tried again now, one refused too. Asked for a second time, or of a mail that has been tried since, it changes nothing.
 *
 * @param attempts how often it had been tried when somebody decided this
 * @throws Refusal `not_found`, `mail_over` when it has ended or was taken back
 */
export async function retryMail(db: WriteScope, id: string, attempts: number): Promise<void> {
  const job = await holdJob(db, id)
  const mail = await standing(db, id)
  if (job === 'taken' || mail.sent || mail.attempts !== attempts) return
  await sql`update app.mail set refused_at = null where id = ${id}`.execute(db)
  if (await requeueJob(db, id)) await logMail(db, 'mail.retried', id, { attempts })
}

/**
 * Takes a mail back: it is never sent, and its body is emptied. Asked for a second time it changes nothing.
 *
 * @throws Refusal `not_found`, `mail_over` when it is being sent right now, has gone out or has ended
 */
export async function withdrawMail(db: WriteScope, id: string): Promise<void> {
  const job = await holdJob(db, id)
  const { rows } = await sql`select from app.mail where id = ${id} and withdrawn_at is not null`.execute(db)
  if (rows.length > 0) return
  const mail = await standing(db, id)
  if (job === 'taken' || mail.sent) throw refuse('mail_over')
  await sql`update app.mail set body = null, withdrawn_at = now() where id = ${id}`.execute(db)
  await dropJob(db, id)
  await logMail(db, 'mail.withdrawn', id, {})
}

/** How a mail stands, locked: gone out, or something may still be done about it. */
async function standing(db: WriteScope, id: string): Promise<{ attempts: number; sent: boolean }> {
  const { rows } = await sql<{ attempts: number; sent: boolean; state: MailState }>`
    select attempts, sent_at is not null as sent, ${state} as state from app.mail where id = ${id} for update`.execute(db)
  const [mail] = rows
  if (!mail) throw refuse('not_found')
  if (!mail.sent && mail.state !== 'waiting' && mail.state !== 'refused') throw refuse('mail_over')
  return mail
}
