import { sql, type Generated } from 'kysely'
import type { Scope, WriteScope } from '../db/database.ts'
import type { Language } from '../i18n/languages.ts'
import { dropJob } from '../jobs/store.ts'
import { logAct } from '../log/log.ts'
import { outboxSpace } from '../spaces.ts'

declare module '../db/tables.ts' {
  interface Tables {
    'app.mail': {
      id: string
      space_id: string
      recipient: string
      language: Language
      subject: string
      body: Buffer | null
      made_at: Generated<Date>
      ends_at: Date
      attempts: Generated<number>
      sent_at: Date | null
      refused_at: Date | null
      refusal: string | null
      withdrawn_at: Date | null
    }
  }
}

export const deliverKind = 'mail.deliver'
export const endKind = 'mail.end'
const mostOfRefusal = 1000

/** What the body of a mail is sealed for. */
export const bodyPlace = (id: string): string => `app.mail.body:${id}`

/** Adds a mail, its body sealed. */
export async function insertMail(
  db: WriteScope,
  mail: { id: string; recipient: string; language: Language; subject: string; body: Buffer; endsInMinutes: number },
): Promise<void> {
  const { endsInMinutes, ...row } = mail
  await db
    .insertInto('app.mail')
    .values({ ...row, space_id: outboxSpace, ends_at: sql<Date>`now() + make_interval(mins => ${endsInMinutes})` })
    .execute()
}

export type OpenMail = { id: string; recipient: string; language: Language; subject: string; body: Buffer; made_at: Date; isEnded: boolean }

/** A mail that may still be sent. */
export async function readOpenMail(db: Scope, id: string): Promise<OpenMail | undefined> {
  const row = await db
    .selectFrom('app.mail')
    .select(['id', 'recipient', 'language', 'subject', 'body', 'made_at', sql<boolean>`ends_at <= now()`.as('isEnded')])
    .where('id', '=', id)
    .where('sent_at', 'is', null)
    .where('refused_at', 'is', null)
    .where('withdrawn_at', 'is', null)
    .executeTakeFirst()
  return row?.body ? { ...row, body: row.body } : undefined
}

/** Notes that a mail has gone out; its body is emptied. */
export async function markSent(db: WriteScope, id: string): Promise<void> {
  const sent = await db
    .updateTable('app.mail')
    .set({ sent_at: sql`now()`, body: null, refusal: null, attempts: sql`attempts + 1` })
    .where('id', '=', id)
    .where('sent_at', 'is', null)
    .where('withdrawn_at', 'is', null)
    .executeTakeFirst()
  if (sent.numUpdatedRows > 0n) await logMail(db, 'mail.sent', id, {})
}

/** Notes that the other side will not have a mail. The operator still reads its body, until it ends. */
export async function markRefused(db: WriteScope, id: string, refusal: string): Promise<void> {
  const words = refusal.slice(0, mostOfRefusal)
  await db
    .updateTable('app.mail')
    .set({ refused_at: sql`now()`, refusal: words, attempts: sql`attempts + 1` })
    .where('id', '=', id)
    .execute()
  await logMail(db, 'mail.refused', id, { refusal: words })
}

/** Notes why an attempt came to nothing; another follows, so the log does not tell of it. */
export async function markDelayed(db: WriteScope, id: string, refusal: string): Promise<void> {
  await db
    .updateTable('app.mail')
    .set({ refusal: refusal.slice(0, mostOfRefusal), attempts: sql`attempts + 1` })
    .where('id', '=', id)
    .execute()
}

/** Empties the body of a mail whose end has come; if it was not sent, it will not be. */
export async function endMail(db: WriteScope, id: string): Promise<void> {
  const ended = await db
    .updateTable('app.mail')
    .set({ body: null })
    .where('id', '=', id)
    .where('body', 'is not', null)
    .where('ends_at', '<=', sql<Date>`now()`)
    .executeTakeFirst()
  await dropJob(db, id)
  if (ended.numUpdatedRows > 0n) await logMail(db, 'mail.ended', id, {})
}

export type Unsent = {
  id: string
  made_at: Date
  ends_at: Date
  recipient: string
  language: Language
  subject: string
  body: Buffer | null
  attempts: number
  refused_at: Date | null
  refusal: string | null
  withdrawn_at: Date | null
}

/** The mails that have not gone out, newest first. */
export async function listUnsent(db: Scope, limit: number): Promise<Unsent[]> {
  return db
    .selectFrom('app.mail')
    .select(['id', 'made_at', 'ends_at', 'recipient', 'language', 'subject', 'body', 'attempts', 'refused_at', 'refusal', 'withdrawn_at'])
    .where('sent_at', 'is', null)
    .orderBy('made_at', 'desc')
    .orderBy('id', 'desc')
    .limit(limit)
    .execute()
}

/** Adds to the log what happened to a mail. */
export const logMail = (db: WriteScope, verb: string, id: string, payload: unknown) =>
  logAct(db, { chain: 'mail', spaceId: outboxSpace, verb, object: { kind: 'mail', id }, payload })
