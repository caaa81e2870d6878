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
/** The newest entry of a chain: how many there are, as decimal digits, and the hash of the last in hexadecimal. */
export type Head = { chain: string; entries: string; head: string }
/** How a chain differs from what it once was: it is gone, has fewer entries than entry `number`, or has another one there. */
export type Difference = { chain: string; number: string; what: 'gone' | 'shrunk' | 'rewritten' }
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

/**
 * The heads of all chains at one moment, from one snapshot: an act that is committed meanwhile is in all of it or in none.
 *
 * @returns `time` in UTC to the microsecond, as the clock of the database has it; a break for each chain whose head is not that of its last entry
 */
export async function snapshotHeads(database: Database): Promise<{ time: string; heads: Head[]; breaks: Break[] }> {
  return database.asOwner(async (db) => {
    const clock = await sql<{ time: string }>`select to_char(now() at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as time`.execute(db)
    const loose = await sql<{ chain: string; number: string }>`
      select c.chain, c.entries::text as number from app.log_chain c left join app.log_entry e on e.chain = c.chain and e.number = c.entries
      where e.hash is distinct from c.head order by c.chain`.execute(db)
    const breaks = loose.rows.map(({ chain, number }) => ({ chain, number, what: 'head' as const }))
    return { time: clock.rows[0]?.time ?? '', heads: await readHeads(db), breaks }
  }, 'snapshot')
}

/**
 * Looks whether chains still hold what they held: at that number, an entry with exactly that hash. What was added since does not matter. It reads the hashes
 * as they are stored; that they fit the entries is what `verifyLog` looks at.
 *
 * @param witnessed heads of chains as they once were
 * @returns one difference for each chain that does not
 */
export async function compareHeads(database: Database, witnessed: readonly Head[], batch = 1000): Promise<Difference[]> {
  const found: Difference[] = []
  for (let start = 0; start < witnessed.length; start += batch) {
    const some = witnessed.slice(start, start + batch)
    const rows = await database.asOwner((db) => readHashes(db, some))
    for (const { chain, number, head, entries, hash } of rows) {
      if (entries === null) found.push({ chain, number, what: 'gone' })
      else if (BigInt(entries) < BigInt(number) || hash === null) found.push({ chain, number, what: 'shrunk' })
      else if (hash !== head) found.push({ chain, number, what: 'rewritten' })
    }
  }
  return found
}

async function readHeads(db: WriteScope): Promise<Head[]> {
  const rows = await sql<Head>`select chain, entries::text, encode(head, 'hex') as head from app.log_chain order by chain`.execute(db)
  return rows.rows
}

/** For each head as it once was, how many entries its chain has now and which hash the entry of that number has. */
async function readHashes(db: WriteScope, heads: readonly Head[]) {
  const columns = [heads.map(({ chain }) => chain), heads.map(({ entries }) => entries), heads.map(({ head }) => head)]
  const rows = await sql<{ chain: string; number: string; head: string; entries: string | null; hash: string | null }>`
    select w.chain, w.number::text, w.head, c.entries::text, encode(e.hash, 'hex') as hash
    from unnest(${columns[0]}::text[], ${columns[1]}::bigint[], ${columns[2]}::text[]) with ordinality as w (chain, number, head, place)
    left join app.log_chain c on c.chain = w.chain
    left join app.log_entry e on e.chain = w.chain and e.number = w.number
    order by w.place`.execute(db)
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
