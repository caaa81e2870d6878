import { memberActions, memberInputs, readDirectory } from '../modules/members/index.ts'
import type { Person } from '../platform/access/actor.ts'
import { languages } from '../platform/i18n/languages.ts'
import { newId } from '../platform/id.ts'
import { parseInput } from '../platform/issues.ts'
import { apply, type Play } from './applications.ts'
import type { DemoOrganization } from './seeds.ts'

/** Lets an organization come in, by an application or at the desk, and live: its profile, its people, how it stands. */
export async function bringIn(play: Play, seed: DemoOrganization): Promise<void> {
  const key = await admit(play, seed)
  if (key !== seed.key) throw new Error(`${seed.key} became ${key}`)
  const admin = seed.application ? play.stage.as(seed.application.by) : play.secretariat()
  await describe(play, admin, seed)
  for (const { person, role, ended } of seed.people) {
    await invite(play, admin, seed, { email: play.stage.seed(person).email, role })
    await play.stage.join(person)
    if (ended) await memberActions.endRole(play.deps.database, admin, key, await roleOf(play, admin, seed, person, role))
  }
  for (const { of, role, person, days } of seed.deputies) {
    const now = await play.deps.database.read(admin, readDirectory.readNow)
    const between = { from: readDirectory.dayOf(now), until: readDirectory.dayOf(new Date(now.getTime() + days * 86_400_000)) }
    const held = await roleOf(play, admin, seed, of, role)
    await memberActions.appointDeputy(play.deps.database, admin, key, held, { person: play.stage.as(person).id, ...between })
  }
  for (const { email, role, expired } of seed.invitations) await invite(play, admin, seed, { email, role }, expired ? 0 : undefined)
  if (seed.stands) await stand(play, seed, seed.stands)
}

async function admit(play: Play, seed: DemoOrganization): Promise<string> {
  const { original, kind, country, website, since, founding } = seed
  const name = { name: seed.name[original], original, english: seed.name.en }
  if (!seed.application) {
    const typed = parseInput(memberInputs.enterInput, { network: play.network.id, ...name, kind, country, website, since, founding: founding ? 'yes' : '' })
    const names = { [original]: typed.name, ...(typed.english !== undefined && { en: typed.english }) }
    const facts = { website: typed.website ?? null, ror: null, gln: null, lei: null }
    return memberActions.enterMember(play.deps.database, play.secretariat(), { ...typed, ...facts, name: names })
  }
  const id = await apply(play, { ...seed.application, ...name, kind, country, website })
  const { version } = await play.applicationOf(id)
  return memberActions.admitApplication(play.deps, play.secretariat(), id, { since, founding, version }, play.deps.base)
}

async function describe({ deps: { database } }: Play, admin: Person, seed: DemoOrganization): Promise<void> {
  for (const language of languages) {
    const { version } = await organizationOf(database, admin, seed.key)
    const typed = parseInput(memberInputs.textsInput, { language, name: seed.name[language], ...seed.texts[language], version })
    await memberActions.changeTexts(database, admin, seed.key, typed)
  }
  if (seed.parent === undefined) return
  const { version } = await organizationOf(database, admin, seed.key)
  const { kind, country, website, original, parent } = seed
  const typed = parseInput(memberInputs.factsInput, { kind, country, website, original, parent, version })
  await memberActions.changeFacts(database, admin, seed.key, typed)
}

async function invite(play: Play, admin: Person, seed: DemoOrganization, asked: { email: string; role: string }, hours?: number): Promise<void> {
  const typed = parseInput(memberInputs.invitationInput, asked)
  await memberActions.invite(play.deps, admin, seed.key, typed, seed.original, play.deps.base, hours)
}

async function stand(play: Play, { key }: DemoOrganization, { state, reason }: NonNullable<DemoOrganization['stands']>): Promise<void> {
  const { database, base } = play.deps
  const { standings } = await organizationOf(database, play.secretariat(), key)
  const now = standings.find(({ until }) => until === null)?.id ?? newId()
  await memberActions.changeStanding(play.deps, play.secretariat(), key, { network: play.network.id, state, reason, now }, base)
}

async function roleOf(play: Play, admin: Person, { key }: DemoOrganization, person: string, role: string): Promise<string> {
  const { database } = play.deps
  const { id } = await organizationOf(database, admin, key)
  const held = await database.read(admin, (db) => readDirectory.heldRoles(db, id))
  const found = held.find((each) => each.personId === play.stage.as(person).id && each.role === role)
  if (!found) throw new Error(`${person} is not ${role} of ${key}`)
  return found.id
}

async function organizationOf(database: Play['deps']['database'], actor: Person, key: string) {
  const organization = await database.read(actor, (db) => readDirectory.readOrganization(db, { key }))
  if (!organization) throw new Error(`there is no ${key}`)
  return organization
}
