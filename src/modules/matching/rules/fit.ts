/** What a listing says in its fields. `kind`: of its organization. */
export type Facts = {
  direction: 'offer' | 'need'
  pillar: string
  country: string
  original: string
  kind: string | null
  forms: readonly string[]
  stage: string | null
  amount: number | null
  unit: string | null
  partnerKinds: readonly string[]
  authorizations: readonly string[]
  countriesWanted: readonly string[]
  countriesExcluded: readonly string[]
}

export const findingKinds = ['pillar', 'form', 'stage', 'amount', 'country', 'authorization', 'partner'] as const
/** One thing by which two listings fit, or do not. `values`: codes of what is meant, such as the forms that both name. */
export type Finding = { what: (typeof findingKinds)[number]; fits: boolean; values: string[] }

/** Pillars between which work passes on: what is offered in one is often needed in the other. */
const near: Record<string, readonly string[]> = {
  research: ['technology-transfer', 'training'],
  training: ['research', 'technology-transfer'],
  'technology-transfer': ['research', 'training', 'production'],
  production: ['technology-transfer', 'commercialization'],
  commercialization: ['production'],
}

// TRL 6 is when something has been shown to work where it will be used; phases of medicines beside it.
const steps: Record<string, number> = { preclinical: 4, 'phase-1': 5, 'phase-2': 6, 'phase-3': 7, authorized: 8, marketed: 9 }
const stepOf = (stage: string) => steps[stage] ?? Number(/^trl-(\d)$/.exec(stage)?.[1] ?? 0)

/** Whether one of the two does not want the other's country: then nothing else counts. */
export const isExcluded = (a: Facts, b: Facts): boolean => a.countriesExcluded.includes(b.country) || b.countriesExcluded.includes(a.country)

/** By what an offer and a need fit, and by what not; of what one of the two does not say, nothing. The same either way round. */
export function findingsOf(a: Facts, b: Facts): Finding[] {
  const [offer, need] = a.direction === 'offer' ? [a, b] : [b, a]
  const found: Finding[] = []
  const note = (what: Finding['what'], fits: boolean, values: readonly string[]) => found.push({ what, fits, values: [...values].toSorted() })
  if (offer.pillar === need.pillar) note('pillar', true, [offer.pillar])
  else if (!isNear(offer, need)) note('pillar', false, [offer.pillar, need.pillar])
  if (offer.forms.length > 0 && need.forms.length > 0) {
    const both = offer.forms.filter((form) => need.forms.includes(form))
    note('form', both.length > 0, both.length > 0 ? both : need.forms)
  }
  if (offer.stage !== null && need.stage !== null) note('stage', stepOf(offer.stage) >= stepOf(need.stage), [offer.stage])
  if (offer.amount !== null && need.amount !== null && offer.unit !== null && isSame(offer.unit, need.unit))
    note('amount', offer.amount >= need.amount, [offer.unit])
  const wanted = [offer, need].flatMap((side) => (side.countriesWanted.length === 0 ? [] : [{ side, other: side === offer ? need : offer }]))
  for (const fits of [true, false]) {
    const countries = wanted.filter(({ side, other }) => side.countriesWanted.includes(other.country) === fits).map(({ other }) => other.country)
    if (countries.length > 0) note('country', fits, [...new Set(countries)])
  }
  if (offer.authorizations.includes(need.country)) note('authorization', true, [need.country])
  const kinds = [offer, need].flatMap((side) => (side.partnerKinds.length === 0 ? [] : [{ side, kind: (side === offer ? need : offer).kind }]))
  for (const fits of [true, false]) {
    const met = kinds.flatMap(({ side, kind }) => (kind !== null && side.partnerKinds.includes(kind) === fits ? [kind] : []))
    if (met.length > 0) note('partner', fits, [...new Set(met)])
  }
  return found
}

const isNear = (a: Facts, b: Facts) => near[a.pillar]?.includes(b.pillar) === true || near[b.pillar]?.includes(a.pillar) === true
const isSame = (a: string, b: string | null) => b !== null && a.trim().toLowerCase() === b.trim().toLowerCase()

/** What one finding does to a score: what fits lifts it a little, what does not lowers it, a country that is not wanted most. */
const lifts: Record<Finding['what'], readonly [fits: number, not: number]> = {
  pillar: [1.06, 0.88],
  form: [1.05, 0.92],
  stage: [1.02, 0.92],
  amount: [1.02, 0.95],
  country: [1.06, 0.7],
  authorization: [1.05, 1],
  partner: [1.02, 0.93],
}
const best = 1.3

/** By how much fields change how well two listings go together. */
export const factorOf = (findings: readonly Finding[]): number =>
  findings.reduce((factor, { what, fits }) => factor * (lifts[what][fits ? 0 : 1] ?? 1), 1) / best
