import type { Scope } from '../db/database.ts'
import type { Recognizer } from '../text/analysis/recognizer/recognizer.ts'

/** What a search knows of concepts. */
export type Concepts = {
  /** Another one after each change of labels or relations; rows of the index keep under which they were made. */
  version: string
  recognizer: Recognizer
  /** The keys of all concepts above a concept, however far. */
  above: ReadonlyMap<string, readonly string[]>
}

type Provider = (db: Scope) => Promise<Concepts | undefined>
let provider: Provider = async () => undefined

/** Hands in what knows the concepts; done once, where the modules are listed. The platform itself knows none. */
export function provideConcepts(given: Provider): void {
  provider = given
}

/** The concepts as they are now, in the transaction at hand; `undefined` while there are none. */
export const conceptsNow: Provider = (db) => provider(db)
