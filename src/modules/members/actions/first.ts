import { insertAccount, setPassword } from '../../../platform/access/accounts.ts'
import { operator, thePublic } from '../../../platform/access/actor.ts'
import { makeLink, readLink, takeLink } from '../../../platform/access/links.ts'
import { startSession, type Visitor } from '../../../platform/access/sessions.ts'
import type { Database } from '../../../platform/db/database.ts'
import { refuse, type Issue } from '../../../platform/errors.ts'
import type { Language } from '../../../platform/i18n/languages.ts'
import { newId } from '../../../platform/id.ts'
import { logAct } from '../../../platform/log/log.ts'
import { appoint, directorySpace, entrustInstance, hasAdministrator, makeNetwork, readNetwork } from '../store/networks.ts'
import { makePerson } from '../store/persons.ts'
import { hashNew } from './new-password.ts'

/** The name of the first network, until somebody gives it another. */
const firstNetwork = { key: 'network', name: { en: 'Network', es: 'Red', zh: '网络', vi: 'Mạng lưới' } }

/** A link that makes the first administrator, while there is none; each new one ends the one before. @returns its path, or `undefined` when there is one */
export async function firstLink(database: Database): Promise<string | undefined> {
  return database.write(operator, async (db) => {
    if (await hasAdministrator(db)) return undefined
    return `/first/${await makeLink(database, db, 'first', {})}`
  })
}

export const isFirstLink = (database: Database, token: string): Promise<boolean> =>
  database.read(thePublic, async (db) => (await readLink(database, db, 'first', token)) !== undefined)

type Typed = { email: string; name: string; password: string; language: Language }

/**
 * Makes the account of the first administrator, and the network they administer.
 *
 * @param named key and name of the network, if there is none yet
 * @returns the token of the session, or what is wrong with what was typed
 * @throws Refusal `link_ended`
 */
export async function makeFirst(database: Database, token: string, typed: Typed, from: Visitor, named = firstNetwork): Promise<string | Issue[]> {
  const made = await hashNew(database, typed.password, typed)
  if ('issues' in made) return made.issues
  const id = newId()
  return database.write(operator, async (db) => {
    if (!(await insertAccount(database, db, { id, ...typed }))) return [{ path: 'email', code: 'repeated' as const }]
    if (!(await takeLink(database, db, 'first', token))) throw refuse('link_ended')
    await setPassword(database, db, id, made.hash)
    await makePerson(db, { id, ...typed })
    const network = (await readNetwork(db)) ?? (await makeNetwork(db, named))
    await entrustInstance(db, network)
    await appoint(db, network, id, 'administrator')
    await appoint(db, network, id, 'secretariat')
    await logAct(db, { chain: 'network', spaceId: directorySpace, verb: 'members.administrator.made', object: { kind: 'person', id }, payload: { person: id } })
    return (await startSession(database, db, id, from)).token
  })
}
