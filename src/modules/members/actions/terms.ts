import { operator, type Person } from '../../../platform/access/actor.ts'
import type { Database } from '../../../platform/db/database.ts'
import { refuse } from '../../../platform/errors.ts'
import { languages, type Language } from '../../../platform/i18n/languages.ts'
import { newId } from '../../../platform/id.ts'
import { logAct } from '../../../platform/log/log.ts'
import { directorySpace } from '../store/networks.ts'
import { insertAcceptance, insertTerms, readTerms, type TermsTexts } from '../store/terms.ts'
import { logPerson } from './log-person.ts'

/** Publishes the terms of use in a new version, which everybody is asked to accept. The same words again are no new version: nobody would be asked for nothing. */
export async function publishTerms(database: Database, texts: TermsTexts): Promise<{ version: number; isNew: boolean }> {
  return database.write(operator, async (db) => {
    const newest = await readTerms(db)
    if (newest && languages.every((language) => newest.texts[language] === texts[language])) return { version: newest.version, isNew: false }
    const id = newId()
    const version = await insertTerms(db, id, texts)
    if (version === undefined) throw refuse('conflict_stale')
    await logAct(db, { chain: 'network', spaceId: directorySpace, verb: 'members.terms.published', object: { kind: 'terms', id }, payload: { version, texts } })
    return { version, isNew: true }
  })
}

/**
 * Accepts the terms of use for whoever acts. A second time changes nothing.
 *
 * @param shown the version that they were shown
 * @returns `false` when another version holds by now
 */
export async function acceptTerms(database: Database, person: Person, shown: number, language: Language): Promise<boolean> {
  return database.write(person, async (db) => {
    const newest = await readTerms(db)
    if (newest?.version !== shown) return false
    if (await insertAcceptance(db, person.id, newest.id, language)) await logPerson(db, person.id, 'members.terms.accepted', { version: shown, language })
    return true
  })
}
