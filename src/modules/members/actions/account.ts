import { changeAccount } from '../../../platform/access/accounts.ts'
import type { Person } from '../../../platform/access/actor.ts'
import { endSessions } from '../../../platform/access/sessions.ts'
import type { Database } from '../../../platform/db/database.ts'
import type { Language } from '../../../platform/i18n/languages.ts'
import { renamePerson } from '../store/persons.ts'
import { logPerson } from './log-person.ts'

/** Changes the name and the language of mails of whoever acts. */
export async function changeOwnAccount(database: Database, person: Person, change: { name: string; language: Language }): Promise<void> {
  await database.write(person, async (db) => {
    await changeAccount(database, db, person.id, change)
    await renamePerson(db, person.id, change)
    await logPerson(db, person.id, 'members.person.changed', change)
  })
}

/** Signs whoever acts out elsewhere. Sessions of others are not found, so they stay. */
export async function endOwnSessions(database: Database, person: Person, which: { only: string } | { allBut: string }): Promise<void> {
  await database.write(person, async (db) => {
    const ended = await endSessions(database, db, person.id, which)
    if (ended > 0) await logPerson(db, person.id, 'members.session.ended', which)
  })
}
