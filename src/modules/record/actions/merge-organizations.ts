import type { Actor } from '../../../platform/access/actor.ts'
import type { Database, WriteScope } from '../../../platform/db/database.ts'
import { refuse } from '../../../platform/errors.ts'
import { parseInput } from '../../../platform/issues.ts'
import { logAct } from '../../../platform/log/log.ts'
import { mayMerge } from '../policy.ts'
import { mergeInput, unmergeInput, type MergeInput, type UnmergeInput } from '../schema.ts'
import { knownTitles } from '../store/entries.ts'
import { entryIds } from '../store/import.ts'
import { endMerge, entangledEntries, insertMerge, lockRecord, standingMerges } from '../store/merges.ts'
import { saveTally } from '../store/projection.ts'
import { recordSpace } from '../store/tables.ts'
import { projectEntries } from './project-entries.ts'

/**
 * Makes one organization of two: what the gone one says and what names it is read as the kept one's. No statement is changed.
 *
 * @returns how many entries are shown otherwise now
 * @throws Refusal `merge_unknown`, `merge_itself`, `merge_standing` or `merge_holds`: merges are one step deep, so none can go in a circle
 */
export async function mergeOrganizations(database: Database, actor: Actor, given: MergeInput): Promise<number> {
  if (!mayMerge(actor)) throw refuse('forbidden')
  const input = parseInput(mergeInput, given)
  const { kept, gone, reason } = input
  return database.write(actor, async (db) => {
    await lockRecord(db)
    const ids = await organizationIds(db, [kept, gone])
    if (kept === gone) throw refuse('merge_itself', { key: gone })
    const standing = await standingMerges(db)
    for (const key of [kept, gone]) {
      const before = standing.find(({ goneKey }) => goneKey === key)
      if (before) throw refuse('merge_standing', { key, kept: before.keptKey })
    }
    const held = standing.filter(({ keptKey }) => keptKey === gone).map(({ goneKey }) => goneKey)
    if (held.length > 0) throw refuse('merge_holds', { key: gone, names: held.join(', ') })
    const title = (await knownTitles(db)).find(({ name }) => name === `organization:${gone}`)?.title ?? { en: gone }
    const id = await insertMerge(db, { kept: ids.get(kept) ?? '', gone: ids.get(gone) ?? '', title, reason })
    return showAnew(db, id, 'record.organization.merged', input)
  })
}

/**
 * Takes a merge back: both organizations are read as before.
 *
 * @throws Refusal `merge_unknown` or `merge_none`
 */
export async function unmergeOrganization(database: Database, actor: Actor, given: UnmergeInput): Promise<number> {
  if (!mayMerge(actor)) throw refuse('forbidden')
  const { gone, reason } = parseInput(unmergeInput, given)
  return database.write(actor, async (db) => {
    await lockRecord(db)
    await organizationIds(db, [gone])
    const merge = (await standingMerges(db)).find(({ goneKey }) => goneKey === gone)
    if (!merge) throw refuse('merge_none', { key: gone })
    await endMerge(db, merge.id, reason)
    return showAnew(db, merge.id, 'record.organization.unmerged', { kept: merge.keptKey, gone, reason })
  })
}

async function showAnew(db: WriteScope, merge: string, verb: string, payload: MergeInput): Promise<number> {
  const entries = await entangledEntries(db, merge)
  await projectEntries(db, entries)
  await saveTally(db)
  await logAct(db, { chain: 'network', spaceId: recordSpace, verb, object: { kind: 'record', id: merge }, payload })
  return entries.length
}

async function organizationIds(db: WriteScope, keys: readonly string[]): Promise<Map<string, string>> {
  const all = await entryIds(db)
  return new Map(
    keys.map((key) => {
      const id = all.get(`organization:${key}`)
      if (id === undefined) throw refuse('merge_unknown', { key })
      return [key, id]
    }),
  )
}
