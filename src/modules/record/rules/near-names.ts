import { terms } from '../../../platform/text/terms.ts'
import type { RorRecord } from '../sheets/ror.ts'
import type { OrganizationKnown } from './match.ts'
import { isAcronym, withoutSuffix } from './names.ts'

/** The organizations of a country whose names are much like one of a record's, each with how much, up to 1. */
export type NearNames = (record: RorRecord, country: string) => Map<OrganizationKnown, number>

/** Names less alike than this are not looked at. */
const likeness = 0.72
/** A word in more names than this tells none of them. */
const commonWord = 50

type Named = { organization: OrganizationKnown; words: Set<string>; weight: number }

/**
 * Finds names by the words they share, rare words counting more: the Dice coefficient over sets of words, each weighted by ln(1 + names / names with the word)
 * (Dice, "Measures of the Amount of Ecologic Association Between Species", 1945; Spärck Jones, "A statistical interpretation of term specificity", 1972).
 * Only names that share a word which is not common are compared.
 */
export function nearNames(organizations: readonly OrganizationKnown[]): NearNames {
  const byCountry = new Map<string, Map<string, Named[]>>()
  const spread = new Map<string, number>()
  const all = organizations.flatMap((organization) =>
    organization.names.filter((name) => !isAcronym(name)).map((name) => ({ organization, words: wordsOf(name) })),
  )
  for (const { words } of all) for (const word of words) spread.set(word, (spread.get(word) ?? 0) + 1)
  const weightOf = (word: string) => Math.log(1 + all.length / (spread.get(word) ?? 1))
  const sum = (words: Iterable<string>) => [...words].reduce((total, word) => total + weightOf(word), 0)
  for (const { organization, words } of all) {
    if (organization.country === null) continue
    const index = byCountry.get(organization.country) ?? new Map<string, Named[]>()
    byCountry.set(organization.country, index)
    const named = { organization, words, weight: sum(words) }
    for (const word of words) {
      const list = index.get(word)
      if (list === undefined) index.set(word, [named])
      else list.push(named)
    }
  }
  return (record, country) => {
    const index = byCountry.get(country)
    const found = new Map<OrganizationKnown, number>()
    if (index === undefined) return found
    for (const { value, types } of record.names) {
      if (types.includes('acronym') || isAcronym(value)) continue
      const words = wordsOf(withoutSuffix(value) ?? value)
      const weight = sum(words)
      const lists = [...words].map((word) => index.get(word) ?? [])
      const shared = new Set(lists.filter(({ length }) => length <= commonWord).flat())
      for (const named of shared) {
        const common = sum([...words].filter((word) => named.words.has(word)))
        const alike = (2 * common) / (weight + named.weight)
        if (alike >= likeness && alike > (found.get(named.organization) ?? 0)) found.set(named.organization, alike)
      }
    }
    return found
  }
}

const wordsOf = (name: string) => new Set(terms(name))
