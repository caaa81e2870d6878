import type { Actor, Person } from '../../../platform/access/actor.ts'
import type { Database, WriteScope } from '../../../platform/db/database.ts'
import { refuse } from '../../../platform/errors.ts'
import { logAct } from '../../../platform/log/log.ts'
import { mayCurate, mayRetire } from '../policy.ts'
import type { ConceptInput } from '../schema.ts'
import { lockVocabulary, type Stored } from '../store/content.ts'
import { restoreConcept, retireConcept, storedByKey, touchedBy } from '../store/curation.ts'
import { refreshMerges } from '../store/merged.ts'
import { writeConceptSearch } from '../store/search.ts'
import { curatedSpace } from '../store/tables.ts'
import { tellChanged } from './changed.ts'
import { writeConcept } from './write-concept.ts'

/** Why something is done; `version`: that of the concept as it was read, if somebody read it before. */
type Because = { reason: string; version?: number }

/** Whoever curates writes a concept anew. @throws Refusal `not_found`, `conflict_stale`, `invalid_input` */
export async function changeConcept(database: Database, person: Person, key: string, input: ConceptInput): Promise<void> {
  if (!mayCurate(person)) throw refuse('not_found')
  await database.write(person, async (db) => {
    const { version, ...wanted } = input
    const { act } = await writeConcept(db, wanted, await lockConcept(db, key, version), null)
    await tellChanged(db)
    await logAct(db, act)
  })
}

/**
 * Says that a concept is another one: it is retired, and the one that is kept has its labels and codes beside its own, and what stood below it.
 *
 * @throws Refusal `not_found`, `conflict_stale`, `decided_already`, `invalid_input` when the one to be kept is not there, retired, or the same
 */
export async function mergeConcepts(database: Database, actor: Actor, gone: string, { kept, ...because }: Because & { kept: string }): Promise<void> {
  await decide(database, actor, gone, because, 'merged', async (db, concept) => {
    const into = await storedByKey(db, kept)
    if (!into || into.state === 'retired') throw refuse('invalid_input', {}, [{ path: 'kept', code: 'unknown_reference', params: { value: kept } }])
    if (into.id === concept.id) throw refuse('invalid_input', {}, [{ path: 'kept', code: 'circular' }])
    if (concept.state === 'retired') throw refuse('decided_already')
    await retireConcept(db, concept.id, into.id)
    return { kept, keptId: into.id }
  })
}

/** Offers a concept no more; where it is used it stays. */
export async function retire(database: Database, actor: Actor, key: string, because: Because): Promise<void> {
  await decide(database, actor, key, because, 'retired', async (db, concept) => {
    if (concept.state === 'retired') throw refuse('decided_already')
    await retireConcept(db, concept.id, null)
    return {}
  })
}

/** Brings a concept back: what it gave to the one it was merged into goes with it. */
export async function restore(database: Database, actor: Actor, key: string, because: Because): Promise<void> {
  await decide(database, actor, key, because, 'restored', async (db, concept) => {
    if (concept.state === 'current') throw refuse('decided_already')
    await restoreConcept(db, concept.id)
    return {}
  })
}

async function decide(
  database: Database,
  actor: Actor,
  key: string,
  { reason, version }: Because,
  what: 'merged' | 'retired' | 'restored',
  act: (db: WriteScope, concept: Stored) => Promise<Record<string, string>>,
): Promise<void> {
  if (!mayRetire(actor)) throw refuse('not_found')
  await database.write(actor, async (db) => {
    const concept = await lockConcept(db, key, version)
    const more = await act(db, concept)
    await refreshMerges(db)
    await writeConceptSearch(db, await touchedBy(db, [concept.id, ...(concept.replacedById === null ? [] : [concept.replacedById])]))
    await tellChanged(db)
    await logAct(db, {
      chain: 'network',
      spaceId: curatedSpace,
      verb: `vocabulary.concept.${what}`,
      object: { kind: 'concept', id: concept.id },
      payload: { key, reason, ...more },
    })
  })
}

/** The concept, which nobody else writes until the transaction ends. */
export async function lockConcept(db: WriteScope, key: string, version: number | undefined): Promise<Stored> {
  await lockVocabulary(db)
  const concept = await storedByKey(db, key)
  if (!concept) throw refuse('not_found')
  if (version !== undefined && concept.version !== version) throw refuse('conflict_stale')
  return concept
}
