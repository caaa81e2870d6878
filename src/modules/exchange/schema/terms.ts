export const directions = ['offer', 'need'] as const
export type Direction = (typeof directions)[number]

export const listingStates = ['draft', 'own-review', 'desk-review', 'returned', 'published', 'matched', 'closed', 'expired', 'withdrawn'] as const
export type ListingState = (typeof listingStates)[number]

/** The states in which its audience sees a listing, those that browsing offers. */
export const shownStates = ['published', 'matched', 'expired', 'closed'] as const satisfies readonly ListingState[]
export const isShown = (state: ListingState): boolean => shownStates.some((each) => each === state)
export type ShownState = (typeof shownStates)[number]

/** How far something has come: technology readiness levels (ISO 16290), and for medicines the phase of development. */
export const stages = [
  'trl-1',
  'trl-2',
  'trl-3',
  'trl-4',
  'trl-5',
  'trl-6',
  'trl-7',
  'trl-8',
  'trl-9',
  'preclinical',
  'phase-1',
  'phase-2',
  'phase-3',
  'authorized',
  'marketed',
] as const
export type Stage = (typeof stages)[number]

/** How the rights in it stand. */
export const ipStates = ['none', 'know-how', 'pending', 'granted', 'licensed'] as const
export type IpState = (typeof ipStates)[number]

/** In which form it may be worked together. */
export const forms = [
  'licence',
  'joint-venture',
  'contract-manufacture',
  'co-development',
  'distribution',
  'training-seats',
  'donation',
  'supply',
  'service',
] as const
export type CooperationForm = (typeof forms)[number]

export const audiences = ['everybody', 'network'] as const
export type Audience = (typeof audiences)[number]

/** Units that quantities and capacities are given in, by their codes of UCUM (2.2): what is counted stands in braces, `/a` is a year. Others are kept as they are typed. */
export const units = [
  '{dose}',
  '{dose}/mo',
  '{dose}/a',
  '{vial}',
  '{vial}/mo',
  '{vial}/a',
  '{syringe}',
  '{syringe}/a',
  '{tablet}',
  '{tablet}/a',
  '{box}',
  '{kit}',
  '{test}',
  '{test}/a',
  '{treatment}',
  '{patient}',
  '{patient}/a',
  '{sample}',
  '{sample}/a',
  '{strain}',
  '{batch}',
  '{batch}/a',
  '[IU]',
  'mg',
  'g',
  'kg',
  'kg/a',
  't',
  't/a',
  'mL',
  'L',
  'L/a',
  'm2',
  '{place}',
  '{place}/a',
  '{person}',
  'h',
  'd',
  'wk',
  'mo',
] as const
export type Unit = (typeof units)[number]
