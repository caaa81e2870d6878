import type { Person } from '../../../platform/access/actor.ts'
import type { Database } from '../../../platform/db/database.ts'
import { refuse } from '../../../platform/errors.ts'
import { readBody, readInOutbox, retryMail, withdrawMail, type MailInOutbox } from '../../../platform/mail/outbox.ts'
import type { Secrets } from '../../../platform/secrets/secrets.ts'
import { mayReadOutbox } from '../policy.ts'

/**
 * Opens a mail that has not gone out; the log tells of it.
 *
 * @throws Refusal `not_found`, also when it has gone out
 */
export async function openMail(
  { database, secrets }: { database: Database; secrets: Secrets },
  person: Person,
  id: string,
): Promise<{ mail: MailInOutbox; body: string | undefined }> {
  if (!mayReadOutbox(person)) throw refuse('not_found')
  return database.write(person, async (db) => {
    const mail = await readInOutbox(db, id)
    if (!mail) throw refuse('not_found')
    return { mail, body: await readBody(db, secrets, id) }
  })
}

/** Has a mail tried again now. @param attempts how often it had been tried when they decided so */
export async function sendAgain(database: Database, person: Person, id: string, attempts: number): Promise<void> {
  if (!mayReadOutbox(person)) throw refuse('not_found')
  await database.write(person, (db) => retryMail(db, id, attempts))
}

/** Takes a mail back, for good. */
export async function takeBack(database: Database, person: Person, id: string): Promise<void> {
  if (!mayReadOutbox(person)) throw refuse('not_found')
  await database.write(person, (db) => withdrawMail(db, id))
}
