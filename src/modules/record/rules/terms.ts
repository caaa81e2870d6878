import { organizationKinds } from '../../members/index.ts'
import type { EntryKind } from '../schema.ts'

/** The words that a statement of the field `kind` may hold, by kind of entry. The labels stand in `text/terms`. */
export const kindTerms = {
  organization: organizationKinds,
  agreement: ['network-membership', 'framework', 'mou', 'joint-venture', 'technology-transfer', 'trade', 'laboratory', 'training', 'credit', 'other'],
  venture: [],
  facility: ['plant', 'institute', 'centre', 'laboratory', 'university', 'hospital', 'park'],
  product: [
    'monoclonal-antibody',
    'interferon',
    'growth-factor',
    'vaccine',
    'natural-medicine',
    'diagnostic',
    'equipment',
    'biopesticide',
    'biostimulant',
    'other',
  ],
  authorization: [],
  'technology-transfer': [],
  project: [],
  programme: [
    'joint-university',
    'joint-institute',
    'joint-degree',
    'scholarship',
    'alliance',
    'exchange',
    'clinical-training-base',
    'staff-training',
    'expert-stay',
    'short-course',
    'clinical-mentoring',
    'clinical-staff-contract',
    'clinical-staff',
    'liaison-office',
    'research-training',
  ],
  event: [
    'launch',
    'visit',
    'workshop',
    'meeting',
    'signing',
    'forum',
    'inauguration',
    'fair',
    'handover',
    'statement',
    'crisis-response',
    'economic-crisis',
    'sanction',
    'diplomatic-act',
  ],
  flow: ['trade', 'credit', 'donation', 'investment', 'aid'],
  initiative: ['programme', 'network', 'proposal', 'association-of-states', 'international-initiative'],
  indicator: [],
  'country-relation': [],
} as const satisfies Record<EntryKind, readonly string[]>

const built = ['planned', 'building', 'inaugurated', 'operating', 'closed'] as const

/** The ladders that things climb, the first step first; a statement of the field `status` holds one of them. */
export const statusTerms = {
  organization: [],
  agreement: ['announced', 'memorandum', 'signed', 'in-force', 'completed', 'ended'],
  venture: ['planned', 'established', 'building', 'operating', 'closed'],
  facility: built,
  product: [],
  authorization: [
    'planned',
    'in-research',
    'trial-announced',
    'trial-authorized',
    'in-trial',
    'emergency-use',
    'conditional',
    'approved',
    'registered',
    'included-in-benefit-plan',
    'included-in-treatment-protocol',
    'in-production',
    'in-use',
    'marketed',
  ],
  'technology-transfer': [],
  project: [],
  programme: [],
  event: [],
  flow: [],
  initiative: ['proposed', 'running', 'ended'],
  indicator: [],
  'country-relation': [],
} as const satisfies Record<EntryKind, readonly string[]>

/** How sure an amount is; the three are never added up together. */
export const stageTerms = ['announced', 'committed', 'paid'] as const

export type KindTerm = (typeof kindTerms)[EntryKind][number]
export type StatusTerm = (typeof statusTerms)[EntryKind][number]

/** A word of a sheet as a term: `in force` is `in-force`. */
export const termOf = (cell: string): string => cell.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-')

/** Whether a term may stand as `kind` or `status` of a kind of entry. */
export function isTerm(entry: EntryKind, field: 'kind' | 'status', term: string): boolean {
  const terms: readonly string[] = (field === 'kind' ? kindTerms : statusTerms)[entry]
  return terms.includes(term)
}
