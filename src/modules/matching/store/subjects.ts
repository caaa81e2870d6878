import { sql } from 'kysely'
import type { Scope, WriteScope } from '../../../platform/db/database.ts'
import type { LanguageText } from '../../../platform/i18n/languages.ts'
import type { Facts } from '../rules/fit.ts'
import type { Compared } from '../rules/score.ts'
import type { Counts, Profile } from '../rules/weigh.ts'

/** A published listing, to be read. */
export type Subject = { id: string; facts: Facts; title: LanguageText; body: LanguageText; sought: LanguageText; concepts: string[] }

/** What listings say in public, those of them that are published. */
export async function readSubjects(db: Scope, listings: readonly string[]): Promise<Subject[]> {
  const { rows } = await sql<Subject>`select l.id, s.facts, s.title, s.body, s.sought, s.concepts
    from unnest(${[...listings]}::uuid[]) with ordinality l (id, n) cross join lateral matching.subject(l.id) s order by l.n`.execute(db)
  return rows
}

/** In how many listings each feature stands, and how many there are. */
export async function readCounts(db: Scope, keys: readonly string[]): Promise<Counts> {
  const { rows } = await sql<{ key: string; listings: number }>`select * from matching.counts(${[...keys, '']}::text[])`.execute(db)
  const of = new Map(rows.map(({ key, listings }) => [key, listings]))
  return { total: of.get('') ?? 0, of }
}

/** Of each feature so many listings are looked at, and of all these so many are compared. */
const [perFeature, mostCompared] = [200, 300]

export type Posting = { key: string; weight: number }

/** What a listing says, weighed, and under what it is looked for. */
export type Entered = { listing: string; profile: Profile; features: readonly string[]; postings: readonly Posting[]; vocabulary: string }

/** Of each listing those that share most of what is telling, as far as they may be met. What one says that several meet is read once. */
export async function readCandidates(
  db: Scope,
  entered: readonly Pick<Entered, 'listing' | 'postings'>[],
): Promise<Map<string, (Compared & { id: string })[]>> {
  const asked = entered.map(({ listing, postings }) => ({ listing, keys: postings.map(({ key }) => key), weights: postings.map(({ weight }) => weight) }))
  const { rows } = await sql<{ listing: string; id: string; facts: Facts | null; content: Profile | null }>`
    with met as materialized (select a.listing, c.id, c.facts, c.content, row_number() over (partition by c.id) as place
      from jsonb_to_recordset(${JSON.stringify(asked)}::jsonb) as a (listing uuid, keys text[], weights real[])
      cross join lateral matching.candidates(a.listing, a.keys, a.weights, ${perFeature}, ${mostCompared}) c)
    select listing, id, case when place = 1 then facts end as facts, case when place = 1 then content end as content from met`.execute(db)
  const known = new Map(rows.flatMap(({ id, facts, content }) => (facts && content ? [[id, { id, facts, profile: content }] as const] : [])))
  const candidates = new Map<string, (Compared & { id: string })[]>()
  for (const { listing, id } of rows) {
    const other = known.get(id)
    if (other) candidates.set(listing, [...(candidates.get(listing) ?? []), other])
  }
  return candidates
}

/** Writes what listings say, weighed, and under what they are looked for. Until the transaction ends, no other is entered. */
export async function enterProfiles(db: WriteScope, entered: readonly Entered[]): Promise<void> {
  if (entered.length === 0) return
  const rows = entered.map(({ listing, profile, features, postings, vocabulary }) => ({ listing, profile, features, postings, vocabulary }))
  await sql`select matching.enter(e.listing, e.profile, e.features, e.postings, e.vocabulary)
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as e (listing uuid, profile jsonb, features text[], postings jsonb, vocabulary text)`.execute(db)
}

/** Keeps the best counterparts of listings, and puts these among theirs. @returns how many each has */
export async function keepMatches(
  db: WriteScope,
  scored: readonly { listing: string; scores: readonly { other: string; score: number }[] }[],
): Promise<number[]> {
  if (scored.length === 0) return []
  const { rows } = await sql<{ kept: number }>`select matching.keep(s.listing, s.scores) as kept
    from jsonb_to_recordset(${JSON.stringify(scored)}::jsonb) as s (listing uuid, scores jsonb)`.execute(db)
  return rows.map(({ kept }) => kept)
}

/** What was kept of a published listing when it was read last. */
export async function readKept(db: Scope, listing: string): Promise<Compared | undefined> {
  const { rows } = await sql<{ facts: Facts; content: Profile }>`select * from matching.kept(${listing})`.execute(db)
  const [row] = rows
  return row && { facts: row.facts, profile: row.content }
}

/** The next published listings in the order of their ids. */
export async function publishedAfter(db: Scope, after: string | null, most: number): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`select id from matching.published(${after}, ${most}) as id`.execute(db)
  return rows.map(({ id }) => id)
}

/** The published listing that has a number. */
export async function publishedByNumber(db: Scope, number: string): Promise<string | undefined> {
  const { rows } = await sql<{ id: string | null }>`select matching.numbered(${number}) as id`.execute(db)
  return rows[0]?.id ?? undefined
}
