import type { Exported } from '../store/exports.ts'
import type { ListedConcept } from '../store/lists.ts'

/** The licence of what the instance gives out. */
export const licence = 'https://creativecommons.org/licenses/by/4.0/'

/** A concept of a list, as the API has it. */
export const presentListed = ({ id, key, area, state, names }: ListedConcept) => ({ id, key, area, state, names })

/** A concept as the API has it. */
export const presentConcept = ({ key, area, scheme, state, replacedBy, labels, broader, related, codes, matches, note }: Exported) => ({
  key,
  area,
  scheme,
  state,
  replaced_by: replacedBy,
  labels,
  broader,
  related,
  codes,
  exact_matches: matches,
  note,
})
