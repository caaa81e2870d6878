import type { Person } from '../../../platform/access/actor.ts'
import { digestOf, newToken } from '../../../platform/access/tokens.ts'
import type { Database, WriteScope } from '../../../platform/db/database.ts'
import { logAct } from '../../../platform/log/log.ts'
import type { Listing } from '../../exchange/index.ts'
import { ownSpaceOf } from '../../members/index.ts'
import type { NoticeInput } from '../schema.ts'
import { insertSeen, writeFeed, writeOften } from '../store/news.ts'

/** Says whether somebody is mailed what is found for their listings. */
export async function changeNotice(database: Database, person: Person, { often }: NoticeInput): Promise<void> {
  await database.write(person, async (db) => {
    const space = await ownSpaceOf(db, person.id)
    if (await writeOften(db, { person: person.id, space }, often)) await log(db, person, space, 'changed', { often })
  })
}

/** Makes the address of a feed of what is found; the one before works no more. @returns its secret, which is kept nowhere */
export async function openFeed(database: Database, person: Person): Promise<string> {
  const secret = newToken()
  await database.write(person, async (db) => {
    const space = await ownSpaceOf(db, person.id)
    await writeFeed(db, { person: person.id, space }, digestOf(secret))
    await log(db, person, space, 'feed-opened', {})
  })
  return secret
}

/** Takes the address of the feed away. */
export async function closeFeed(database: Database, person: Person): Promise<void> {
  await database.write(person, async (db) => {
    const space = await ownSpaceOf(db, person.id)
    if (await writeFeed(db, { person: person.id, space }, null)) await log(db, person, space, 'feed-closed', {})
  })
}

const log = (db: WriteScope, { id }: Person, spaceId: string, verb: string, payload: object) =>
  logAct(db, { chain: `person:${id}`, spaceId, verb: `matching.notice.${verb}`, object: { kind: 'person', id }, payload })

/** Notes that counterparts of a listing were shown to somebody who answers for it: they are new no more. */
export async function noteSeen(database: Database, person: Person, listing: Listing, others: readonly string[]): Promise<void> {
  const { id, people, keeper, organization } = listing
  if (others.length === 0 || people === null || keeper === null || organization === null) return
  await database.write(person, async (db) => {
    const fresh = await insertSeen(db, { listing: id, space: people, keeper }, others)
    if (fresh.length === 0) return
    await logAct(db, {
      chain: `organization:${organization.id}`,
      spaceId: people,
      organizationId: organization.id,
      verb: 'matching.counterparts.seen',
      object: { kind: 'listing', id },
      payload: { others: fresh },
    })
  })
}
