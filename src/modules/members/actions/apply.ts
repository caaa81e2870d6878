import type { z } from 'zod'
import { accountById, foldEmail } from '../../../platform/access/accounts.ts'
import { accounts, thePublic, type Person } from '../../../platform/access/actor.ts'
import { makeLink } from '../../../platform/access/links.ts'
import type { Database, WriteScope } from '../../../platform/db/database.ts'
import { refuse } from '../../../platform/errors.ts'
import type { Language, LanguageText } from '../../../platform/i18n/languages.ts'
import { logAct } from '../../../platform/log/log.ts'
import type { Secrets } from '../../../platform/secrets/secrets.ts'
import { mayApplyFor } from '../policy.ts'
import type { applicationInput } from '../schema/organizations.ts'
import { insertApplication, type NewApplication } from '../store/applications.ts'
import { standsIn } from '../rules/standings.ts'
import { readHats } from '../store/hats.ts'
import { listNetworks, type Network } from '../store/networks.ts'
import { readOrganization } from '../store/organizations.ts'
import { ownSpaceOf } from '../store/persons.ts'
import { mailConfirmation } from './mails.ts'
import { refuseLookalike } from './organizations.ts'
import { tellDesk } from './tell-desk.ts'

/** Who reads it is the public: a name that nobody sees can deceive nobody. */
const refuseLookalikes = (database: Database, typed: Typed) =>
  database.read(thePublic, async (db) => {
    await refuseLookalike(db, 'name', typed.name)
    await refuseLookalike(db, 'english', typed.english)
  })

type Deps = { database: Database; secrets: Secrets }
type Typed = z.output<typeof applicationInput>

/** An organization whose people have no account yet asks to be admitted; a link sent to the address they gave makes it theirs. */
export async function applyAsVisitor(
  { database, secrets }: Deps,
  typed: Typed,
  contact: { name: string; email: string },
  language: Language,
  base: string,
): Promise<void> {
  await refuseLookalikes(database, typed)
  await database.write(accounts, async (db) => {
    const network = await networkOf(db, typed.network)
    const email = foldEmail(contact.email)
    const row = {
      ...rowOf(typed, network),
      space: network.desk,
      personId: null,
      contactName: contact.name,
      contactEmail: email,
      language,
      organizationId: null,
    }
    if (!(await insertApplication(db, row))) return
    const token = await makeLink(database, db, 'address', { email, aboutId: typed.id })
    await mailConfirmation(db, secrets, {
      ...contact,
      email,
      language,
      network: network.name,
      organization: typed.name,
      link: `${base}/${language}/join/${token}`,
    })
    await tellDesk(db, { network: network.id, what: 'application', name: typed.name, link: `${base}/applications/${typed.id}` })
    await logApplied(db, row, network)
  })
}

/** Somebody signed in applies: for an organization that is no member yet, or for one they act for that wants to be in another network too. */
export async function applyAsPerson({ database }: Pick<Deps, 'database'>, person: Person, typed: Typed, language: Language, base: string): Promise<void> {
  const account = await database.read(thePublic, (db) => accountById(database, db, person.id))
  if (!account) throw refuse('forbidden')
  await refuseLookalikes(database, typed)
  await database.write(person, async (db) => {
    const network = await networkOf(db, typed.network)
    if (typed.organization !== undefined) {
      const organization = await readOrganization(db, { id: typed.organization })
      if (!organization || !mayApplyFor(await readHats(db), organization)) throw refuse('forbidden')
      if (standsIn(organization.standings, network.id)) throw refuse('standing_unfit')
    }
    const row = {
      ...rowOf(typed, network),
      space: await ownSpaceOf(db, person.id),
      personId: person.id,
      contactName: person.name,
      contactEmail: account.email,
      language,
      organizationId: typed.organization ?? null,
    }
    if (!(await insertApplication(db, row))) return
    await tellDesk(db, { network: network.id, what: 'application', name: typed.name, link: `${base}/applications/${typed.id}` })
    await logApplied(db, row, network)
  })
}

async function networkOf(db: WriteScope, id: string): Promise<Network> {
  const network = (await listNetworks(db)).find((each) => each.id === id)
  if (!network) throw refuse('not_found')
  return network
}

function rowOf({ id, name, english, original, entry, ...typed }: Typed, network: Network) {
  const names: LanguageText = { [original]: name, ...(english !== undefined && original !== 'en' && { en: english }) }
  const { kind, country, why } = typed
  const [website, ror, gln, lei] = [typed.website ?? null, typed.ror ?? null, typed.gln ?? null, typed.lei ?? null]
  return { id, network, name: names, original, kind, country, website, ror, gln, lei, why, entryKey: entry ?? null }
}

const logApplied = (db: WriteScope, { id, space, network: _, ...payload }: NewApplication, network: Network) =>
  logAct(db, {
    chain: `application:${id}`,
    spaceId: space,
    verb: 'members.application.sent',
    object: { kind: 'application', id },
    payload: { ...payload, network: network.key },
  })
