import { sql } from 'kysely'
import type { Scope } from '../../../platform/db/database.ts'
import type { EntryKind } from '../schema.ts'

/** Entries named in one file of the site map; each has an address in every language, and a file may hold 50,000. */
export const keysPerFile = 10_000

/** The keys of the entries of a kind, or of sources, a file of the site map at a time. @param file from 0 */
export async function keysForSitemap(db: Scope, kind: EntryKind | 'source', file: number): Promise<{ key: string }[]> {
  const from = kind === 'source' ? sql`record.source` : sql`record.catalogue where entry_kind = ${kind}`
  const result = await sql<{ key: string }>`select key from ${from} order by key offset ${file * keysPerFile} limit ${keysPerFile}`.execute(db)
  return result.rows
}
