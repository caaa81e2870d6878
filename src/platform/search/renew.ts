import { sql } from 'kysely'
import { z } from 'zod'
import { jobActor } from '../access/actor.ts'
import type { Database, Scope, WriteScope } from '../db/database.ts'
import { jobKind } from '../jobs/job.ts'
import { queueJob } from '../jobs/store.ts'
import { conceptsNow } from './concepts.ts'
import { termsOf, type RowSource } from './index-row.ts'

const kind = 'search.renew'
const first = '00000000-0000-0000-0000-000000000000'
/** Rows of one transaction: few enough that nobody waits long for one of them. */
const rowsAtOnce = 200

type Row = { object_id: string; space_id: string; kind: string; facets: string[]; source: RowSource }

/** Has the terms of all rows made anew that were made with another version of the vocabulary, after the transaction at hand. */
export async function queueRenewal(db: WriteScope): Promise<void> {
  await queueJob(db, { kind, input: {} })
}

/** How many rows have terms that were made with another version of the vocabulary; asked by the operator, or by jobs. */
export async function rowsToRenew(db: Scope): Promise<number> {
  const version = (await conceptsNow(db))?.version ?? '0'
  const { rows } = await sql<{ n: string }>`select app.search_left(${version}) as n`.execute(db)
  return Number(rows[0]?.n ?? 0)
}

export const renewSearchJob = jobKind({
  kind,
  input: z.object({}),
  mostAttempts: 14,
  run: async (_, { database, signal }) => {
    const renewed = await renewSearch(database, signal)
    if (renewed >= rowsAtOnce) await database.vacuum()
    // What others wrote meanwhile may have been read with the vocabulary as it was.
    if (renewed > 0) await database.write(jobActor, (db) => queueJob(db, { kind, input: {}, inSeconds: 60 }))
  },
})

/**
 * Makes terms anew, some rows at a time, each with its transaction: what is done is done, so that one which was killed goes on where it was. A row that is written
 * meanwhile has the newer terms already.
 *
 * @returns how many rows were made anew
 * @throws when the signal is aborted
 */
export async function renewSearch(database: Database, signal: AbortSignal): Promise<number> {
  let renewed = 0
  for (let after: string | undefined = first; after !== undefined;) {
    signal.throwIfAborted()
    const from: string = after
    const rows = await database.write(jobActor, (db) => renewSome(db, from))
    renewed += rows.length
    after = rows.at(-1)?.object_id
  }
  return renewed
}

async function renewSome(db: WriteScope, after: string): Promise<Row[]> {
  const concepts = await conceptsNow(db)
  const version = concepts?.version ?? '0'
  const { rows } = await sql<Row>`select object_id, space_id, kind, facets, source from app.search_to_renew(${version}, ${after}, ${rowsAtOnce})`.execute(db)
  const terms = rows.map((row) => ({ object_id: row.object_id, terms: termsOf(row.source, row.space_id, row.kind, row.facets, concepts) }))
  if (terms.length > 0) await sql`select app.renew_search(${JSON.stringify(terms)}::json, ${version})`.execute(db)
  return rows
}
