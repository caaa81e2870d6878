import { sql } from 'kysely'
import type { Scope, WriteScope } from '../db/database.ts'
import { conceptsNow, type Concepts } from './concepts.ts'
import { marks } from './lexemes.ts'
import { keysNear } from './near.ts'
import { readQuestion } from './question.ts'

/** Between the lexemes of one word. */
const separator = '\u001f'
/** So many searches are read anew in one statement. */
const atOnce = 500

/** By what a search that somebody keeps is found from what is published. */
export type Gate = { gate: string[]; needs: string[]; readWith: string | null }

/** @returns nothing to be found by where nothing that can be looked for is asked */
export function gateOf(words: string, concepts: Concepts | undefined): Gate {
  const each = (readQuestion(words, concepts)?.needs ?? []).map(({ lexemes, word }) => ({
    word,
    keys: [...lexemes, ...keysNear(word).map((key) => marks.near + key)],
  }))
  const longest = each.toSorted((a, b) => b.word.length - a.word.length)[0]
  return { gate: longest?.keys ?? [], needs: each.map(({ keys }) => keys.join(separator)), readWith: concepts?.version ?? null }
}

/** Makes anew by what searches are found whose people want to know at once and that were read with another vocabulary. For the actor `accounts`. */
export async function renewGates(db: WriteScope): Promise<void> {
  const concepts = await conceptsNow(db)
  const version = concepts?.version ?? ''
  for (;;) {
    const { rows } = await sql<{ id: string; words: string }>`select id, words from app.saved_search
      where ended_at is null and often = 'at-once' and (read_with < ${version} or read_with > ${version} or read_with is null) and coalesce(read_with, '') <> ${version}
      order by id limit ${atOnce}`.execute(db)
    if (rows.length === 0) return
    const made = rows.map(({ id, words }) => ({ id, ...gateOf(words, concepts) }))
    await sql`update app.saved_search s set gate = m.gate, needs = m.needs, read_with = m."readWith"
      from jsonb_to_recordset(${JSON.stringify(made)}::jsonb) as m (id uuid, gate text[], needs text[], "readWith" text) where s.id = m.id`.execute(db)
  }
}

/** The searches of which somebody wants to know at once that may find some of what was published. For the actor `accounts`. */
export async function searchesMet(db: Scope, objects: readonly string[]): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`select id from app.searches_met(${[...objects]}::uuid[]) id`.execute(db)
  return rows.map(({ id }) => id)
}
