import type { Actor } from '../../../platform/access/actor.ts'
import type { Database, WriteScope } from '../../../platform/db/database.ts'
import { refuse } from '../../../platform/errors.ts'
import { logAct } from '../../../platform/log/log.ts'
import type { FileIssue } from '../../../platform/text/csv.ts'
import { knownSources, knownTitles, recordSpace } from '../../record/index.ts'
import { mayLoad } from '../policy.ts'
import { readDerived, type Derived } from '../sheets/listings.ts'
import { closeDerived, derivedNow, saidBy, updateDerived, type DerivedListing } from '../store/derived.ts'
import { describeDerived, publishDerived } from './publish-derived.ts'

export type Loaded = { issues: FileIssue[]; added: number; changed: number; closed: number }

/**
 * Loads what published sources say that organizations of the record offer and need, all of it or nothing; what is there already is passed over.
 *
 * @param path the CSV file
 * @returns with `issues`, nothing was written: rows that name an organization or a source that is not on record, and whatever else is wrong
 */
export async function loadDerived(database: Database, actor: Actor, path: string): Promise<Loaded> {
  if (!mayLoad(actor)) throw refuse('forbidden')
  const { derived, issues } = await readDerived(path)
  if (issues.length > 0) return { issues, added: 0, changed: 0, closed: 0 }
  return database.write(actor, async (db) => {
    const { wanted, unknown } = await place(db, derived)
    if (unknown.length > 0) return { issues: unknown, added: 0, changed: 0, closed: 0 }
    const now = await derivedNow(db)
    const fresh = wanted.filter(({ number }) => !now.has(number))
    const other = wanted.flatMap((each) => {
      const there = now.get(each.number)
      // What its organization says itself by now stays closed.
      return there && !there.taken && (there.said !== saidBy(each) || there.closed) ? [{ ...each, id: there.id }] : []
    })
    const gone = [...now].filter(([number, { closed }]) => !closed && !wanted.some((each) => each.number === number)).map(([, { id }]) => id)
    const counts = { added: fresh.length, changed: other.length, closed: gone.length }
    if (fresh.length + other.length + gone.length === 0) return { issues: [], ...counts }
    await updateDerived(db, other)
    await closeDerived(db, gone)
    await describeDerived(db, other)
    await publishDerived(db, fresh)
    await logAct(db, { chain: 'network', spaceId: recordSpace, verb: 'exchange.derived.loaded', object: { kind: 'listing' }, payload: counts })
    return { issues: [], ...counts }
  })
}

/** Finds the organizations and sources that the rows name. */
async function place(db: WriteScope, derived: readonly Derived[]): Promise<{ wanted: DerivedListing[]; unknown: FileIssue[] }> {
  const titles = new Map((await knownTitles(db)).map(({ name, ...rest }) => [name, rest]))
  const sources = await knownSources(db)
  const unknown: FileIssue[] = []
  const wanted = derived.flatMap(({ entry, title, summary, sought, language, ...rest }, index) => {
    const found = titles.get(`organization:${entry}`)
    const issue = (path: string, value: string) =>
      unknown.push({ file: 'listings.csv', line: index + 2, issue: { path, code: 'unknown_reference', params: { value } } })
    if (!found) issue('org_id', entry)
    for (const source of rest.sources.filter((each) => !sources.has(each))) issue('source_ids', source)
    if (!found) return []
    const text = { original: language, title: { [language]: title }, body: { [language]: summary }, sought: sought === '' ? {} : { [language]: sought } }
    return [{ ...rest, ...text, country: found.country ?? 'ZZ', entry: { key: entry, name: found.title } }]
  })
  return { wanted, unknown }
}
