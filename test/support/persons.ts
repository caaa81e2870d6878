import { insertAccount } from '../../src/platform/access/accounts.ts'
import { operator } from '../../src/platform/access/actor.ts'
import { startSession } from '../../src/platform/access/sessions.ts'
import type { Language } from '../../src/platform/i18n/languages.ts'
import { newId } from '../../src/platform/id.ts'
import { appoint, entrustInstance, makeNetwork, readNetwork, type Office } from '../../src/modules/members/store/networks.ts'
import { makePerson } from '../../src/modules/members/store/persons.ts'
import type { World } from './world.ts'

/** Somebody signed in: they ask and send forms as with a browser of theirs. */
export type Somebody = {
  id: string
  token: string
  get: (path: string) => Promise<Response>
  post: (path: string, fields: Record<string, string>) => Promise<Response>
}

/** Makes a person with an account and these offices in the network of the instance, which is made with the first; signed in. */
export async function makeSomebody({ database, ask, post }: World, name: string, offices: readonly Office[], language: Language = 'en'): Promise<Somebody> {
  const id = newId()
  const token = await database.write(operator, async (db) => {
    await insertAccount(database, db, { id, email: `${id}@example.org`, name, language })
    await makePerson(db, { id, name, language }, operator)
    let network = await readNetwork(db)
    if (!network) {
      network = await makeNetwork(db, { key: 'network', name: { en: 'Network' } })
      await entrustInstance(db, network)
    }
    for (const office of offices) await appoint(db, network, id, office)
    return (await startSession(database, db, id, { address: '127.0.0.1', agent: 'Example Browser 1.0' })).token
  })
  const cookie = { cookie: `puente=${token}`, 'x-forwarded-for': id }
  return {
    id,
    token,
    get: (path) => ask(path, { headers: cookie }),
    post: (path, fields) => post(path, fields, cookie),
  }
}
