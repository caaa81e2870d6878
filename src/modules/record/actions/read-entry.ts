import type { Scope } from '../../../platform/db/database.ts'
import { span } from '../../../platform/text/edtf.ts'
import { atTimes, type AtTimes } from '../rules/times.ts'
import type { EntryKind, Times } from '../schema.ts'
import { readEntry, type Entry, type StatementShown } from '../store/entries.ts'

/**
 * An entry with its statements as they stand at the times asked for.
 *
 * @throws Refusal `not_found`
 */
export async function readEntryAt(db: Scope, kind: EntryKind, key: string, times: Times): Promise<{ entry: Entry; statements: AtTimes<StatementShown>[] }> {
  const entry = await readEntry(db, kind, key)
  const published = new Map(entry.sources.map(({ key: source, published_to }) => [source, published_to]))
  const at = (date: string | undefined) => (date === undefined ? undefined : span(date))
  return { entry, statements: atTimes(entry.statements, published, { asOf: at(times.as_of), knownAt: at(times.known_at) }) }
}
