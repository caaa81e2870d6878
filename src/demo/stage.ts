import { randomBytes } from 'node:crypto'
import { memberActions } from '../modules/members/index.ts'
import { accountByEmail } from '../platform/access/accounts.ts'
import { jobActor, operator, thePublic, type Person } from '../platform/access/actor.ts'
import type { Database } from '../platform/db/database.ts'
import type { Language } from '../platform/i18n/languages.ts'
import { readBody } from '../platform/mail/outbox.ts'
import { listUnsent, markSent } from '../platform/mail/store.ts'
import type { Secrets } from '../platform/secrets/secrets.ts'
import type { DemoPerson } from './seeds.ts'

export type BuildDeps = { database: Database; secrets: Secrets; base: string }

/** How many of the latest mails are looked through for one. */
const latest = 50

/** Those who play in the demonstration while it is built: they get mail, follow its links, and act. */
export class Stage {
  readonly deps: BuildDeps
  private readonly cast: ReadonlyMap<string, DemoPerson>
  private readonly arrived = new Map<string, Person>()

  constructor(deps: BuildDeps, persons: readonly DemoPerson[]) {
    this.deps = deps
    this.cast = new Map(persons.map((person) => [person.key, person]))
  }

  /** What the seeds say of a person. */
  seed(key: string): DemoPerson {
    const person = this.cast.get(key)
    if (!person) throw new Error(`seeds/demo/persons.json has no ${key}`)
    return person
  }

  /** Somebody who has an account, to act. @param language that they write in here, if another than their own */
  as(key: string, language?: Language): Person {
    const person = this.arrived.get(key)
    if (!person) throw new Error(`${key} has no account yet`)
    return language === undefined ? person : { ...person, language }
  }

  get everybody(): Person[] {
    return [...this.arrived.values()]
  }

  /** The newest mail to an address that has not gone out. */
  async mailTo(email: string): Promise<string> {
    const unsent = await this.deps.database.read(operator, (db) => listUnsent(db, latest))
    const mail = unsent.find(({ recipient }) => recipient === email)
    if (!mail) throw new Error(`no mail to ${email}`)
    return mail.id
  }

  /** Follows the link in the newest mail to somebody, and so makes their account. */
  async join(key: string): Promise<Person> {
    const { database, secrets } = this.deps
    const { email, name, language } = this.seed(key)
    const id = await this.mailTo(email)
    const body = await database.write(operator, (db) => readBody(db, secrets, id))
    const token = /\/join\/(\S+)/.exec(body ?? '')?.[1]
    if (token === undefined) throw new Error(`no link in the mail to ${email}`)
    const joined = await memberActions.joinAsNew(database, token, { name, language, password: unknown() }, visitor)
    if (Array.isArray(joined)) throw new Error(`${email} cannot join: ${JSON.stringify(joined)}`)
    // It has done its work; what stays in the outbox are the mails that nobody has followed.
    await database.write(jobActor, (db) => markSent(db, id))
    return this.arrive(key)
  }

  /** Notes that somebody has an account. Nobody is signed in for having been in the play. */
  async arrive(key: string): Promise<Person> {
    const { database } = this.deps
    const account = await database.read(thePublic, (db) => accountByEmail(database, db, this.seed(key).email))
    if (!account) throw new Error(`${key} has no account`)
    const { id, name, language } = account
    const person: Person = { kind: 'person', id, name, language, session: id }
    await memberActions.endOwnSessions(database, person, { allBut: person.session })
    this.arrived.set(key, person)
    return person
  }
}

/** Where those who play come from. */
export const visitor = { address: '127.0.0.1', agent: 'Puente' }

/** A password that nobody knows: in a demonstration people are chosen, not signed in as. */
export const unknown = (): string => randomBytes(24).toString('base64url')
