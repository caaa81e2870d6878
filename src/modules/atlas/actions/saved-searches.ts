import type { Person } from '../../../platform/access/actor.ts'
import type { Database, WriteScope } from '../../../platform/db/database.ts'
import { refuse } from '../../../platform/errors.ts'
import { queueJob } from '../../../platform/jobs/store.ts'
import { logAct } from '../../../platform/log/log.ts'
import { changeSaved, countSaved, endSaved, insertSaved, readSaved, type Frequency } from '../../../platform/search/saved.ts'
import { ownSpaceOf } from '../../members/index.ts'
import { mostSaved, questionOf, type SavedChange, type SavedInput } from '../schema.ts'
import { firstTurn, tellKind, waits } from '../rules/saved.ts'

/** Keeps a search for whoever asks. Sent twice, it is kept once. @throws Refusal `saved_search_limit` */
export async function saveSearch(database: Database, person: Person, input: SavedInput): Promise<void> {
  await database.write(person, async (db) => {
    const { id, name, often } = input
    const question = questionOf(input)
    const space = await ownSpaceOf(db, person.id)
    if ((await countSaved(db, person.id)) >= mostSaved) throw refuse('saved_search_limit', { n: mostSaved })
    if (!(await insertSaved(db, { ...question, id, name, often, space, person: person.id }))) return
    await queueTurn(db, { id, often, turn: firstTurn })
    await logSaved(db, person, space, 'search.saved', id, { name, often, ...question })
  })
}

/** Renames a search, or has its person told more or less often. @throws Refusal `not_found`, `conflict_stale` */
export async function changeSearch(database: Database, person: Person, id: string, input: SavedChange): Promise<void> {
  await database.write(person, async (db) => {
    const before = await readSaved(db, id)
    if (!before) throw refuse('not_found')
    const turn = await changeSaved(db, id, input)
    if (turn === undefined) throw refuse('conflict_stale')
    const { name, often } = input
    await queueTurn(db, { id, often, turn })
    await logSaved(db, person, await ownSpaceOf(db, person.id), 'search.changed', id, { name, often })
  })
}

/** Removes a search: nothing is told of it any more. @throws Refusal `not_found` */
export async function removeSearch(database: Database, person: Person, id: string): Promise<void> {
  await database.write(person, async (db) => {
    if (!(await endSaved(db, id))) throw refuse('not_found')
    await logSaved(db, person, await ownSpaceOf(db, person.id), 'search.removed', id, {})
  })
}

/** Has a search looked at when its turn comes by the clock; of what is told at once, the next publication sees to that. */
export async function queueTurn(db: WriteScope, { id, often, turn }: { id: string; often: Frequency; turn: number }): Promise<void> {
  const inSeconds = waits[often]
  if (inSeconds !== undefined) await queueJob(db, { kind: tellKind, input: { search: id, turn }, inSeconds })
}

const logSaved = (db: WriteScope, { id: person }: Person, spaceId: string, verb: string, id: string, payload: unknown) =>
  logAct(db, { chain: `person:${person}`, spaceId, verb, object: { kind: 'saved-search', id }, payload })
