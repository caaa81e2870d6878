import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import type { Database, WriteScope } from '../db/database.ts'

/** An entry as it lies in the table, bytes in hexadecimal. */
export type StoredEntry = {
  chain: string
  number: string
  id: string
  at: string
  actor: string
  organization: string | null
  verb: string
  kind: string
  object: string | null
  commitment: string
  previous: string
  hash: string
  salt: string | null
  payload: string | null
}

export type Break = { chain: string; number: string; what: 'number' | 'previous' | 'hash' | 'payload' | 'head' }
export type Verification = { chains: number; entries: number; withheld: number; breaks: Break[] }

/** The hash that an entry must carry, computed apart from the database that wrote it (`app.log_hash` is the other half). */
export function entryHash(entry: StoredEntry): string {
  const lines = [
    'puente-log-1',
    entry.chain,
    entry.number,
    entry.id,
    entry.at,
    entry.actor,
    entry.organization ?? '-',
    entry.verb,
    entry.kind,
    entry.object ?? '-',
    entry.commitment,
    entry.previous,
  ]
  return createHash('sha256').update(lines.join('\n'), 'utf8').digest('hex')
}

/** What is wrong with an entry, given the one before it in its chain. */
export function examineEntry(entry: StoredEntry, before: { number: bigint; hash: string }): Break[] {
  const breaks: Break['what'][] = []
  if (BigInt(entry.number) !== before.number + 1n) breaks.push('number')
  if (entry.previous !== before.hash) breaks.push('previous')
  if (entryHash(entry) !== entry.hash) breaks.push('hash')
  if (entry.payload !== null && commitment(entry) !== entry.commitment) breaks.push('payload')
  return breaks.map((what) => ({ chain: entry.chain, number: entry.number, what }))
}

const commitment = (entry: StoredEntry) =>
  createHash('sha256')
    .update(Buffer.from(entry.salt ?? '', 'hex'))
    .update(entry.payload ?? '', 'utf8')
    .digest('hex')

/**
 * Walks every chain from its first entry to its head and recomputes every hash.
 *
 * @param onProgress called with the number of entries seen so far, after each batch
 * @returns all breaks found; an entry whose payload was erased or withheld counts as `withheld`, not as a break
 */
export async function verifyLog(database: Database, onProgress: (entries: number) => void = () => {}, batch = 1000): Promise<Verification> {
  const found: Verification = { chains: 0, entries: 0, withheld: 0, breaks: [] }
  const heads = await database.asOwner((db) => readHeads(db))
  for (const head of heads) {
    found.chains++
    let before = { number: 0n, hash: '' }
    for (;;) {
      const entries = await database.asOwner((db) => readEntries(db, head.chain, before.number, BigInt(head.entries), batch))
      for (const entry of entries) {
        found.breaks.push(...examineEntry(entry, before))
        if (entry.payload === null) found.withheld++
        before = { number: BigInt(entry.number), hash: entry.hash }
      }
      found.entries += entries.length
      if (entries.length > 0) onProgress(found.entries)
      if (entries.length < batch) break
    }
    if (before.number !== BigInt(head.entries) || before.hash !== head.head) found.breaks.push({ chain: head.chain, number: head.entries, what: 'head' })
  }
  return found
}

async function readHeads(db: WriteScope) {
  const rows = await sql<{
    chain: string
    entries: string
    head: string
  }>`select chain, entries::text, encode(head, 'hex') as head from app.log_chain order by chain`.execute(db)
  return rows.rows
}

async function readEntries(db: WriteScope, chain: string, after: bigint, upTo: bigint, batch: number) {
  const rows = await sql<StoredEntry>`
    select e.chain, e.number::text, e.id::text, to_char(e.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as at, e.actor,
      e.organization_id::text as organization, e.verb, e.object_kind as kind, e.object_id::text as object,
      encode(e.commitment, 'hex') as commitment, encode(e.previous, 'hex') as previous, encode(e.hash, 'hex') as hash,
      encode(p.salt, 'hex') as salt, p.payload
    from app.log_entry e left join app.log_payload p on p.entry_id = e.id
    where e.chain = ${chain} and e.number > ${after.toString()}::bigint and e.number <= ${upTo.toString()}::bigint
    order by e.number limit ${batch}`.execute(db)
  return rows.rows
}
