import type { EntryKind } from '../schema.ts'

/** What sets one kind of entry apart from the others in lists: where its date and its parties stand, and how it is ordered. */
export type KindRules = {
  /** The fields that its date is taken from, the first that is there. */
  dates: readonly string[]
  /** The fields whose values have a part in it, in the order shown. */
  parties: readonly string[]
  sort: 'title' | '-date'
}

export const kindRules: Record<EntryKind, KindRules> = {
  organization: { dates: ['founded'], parties: [], sort: 'title' },
  agreement: { dates: ['signed'], parties: ['party'], sort: '-date' },
  venture: { dates: ['founded', 'opened'], parties: ['partner'], sort: 'title' },
  facility: { dates: ['since', 'opened', 'started', 'announced'], parties: ['operator', 'partner'], sort: 'title' },
  product: { dates: [], parties: ['developer', 'manufacturer'], sort: 'title' },
  authorization: { dates: ['date'], parties: ['product', 'regulator'], sort: '-date' },
  'technology-transfer': { dates: ['started'], parties: ['sender', 'receiver', 'from', 'to'], sort: '-date' },
  project: { dates: ['started'], parties: ['party'], sort: '-date' },
  programme: { dates: ['started'], parties: ['party'], sort: '-date' },
  event: { dates: ['date'], parties: ['participant'], sort: '-date' },
  flow: { dates: ['period'], parties: ['from', 'to'], sort: '-date' },
  initiative: { dates: ['started'], parties: ['initiator', 'party', 'partner', 'member'], sort: 'title' },
  indicator: { dates: [], parties: [], sort: 'title' },
  'country-relation': { dates: [], parties: ['party'], sort: 'title' },
}

/** Fields whose value may be a country, which the entry then concerns. */
export const countryFields = new Set(['country', 'party', 'partner', 'participant', 'member', 'from', 'to', 'represents', 'market', 'technology_origin'])

/** Fields whose value is a date. */
export const dateFields = new Set(['signed', 'founded', 'since', 'opened', 'started', 'ended', 'announced', 'date', 'period'])

/** Fields whose value is a number; its unit, if it has one, is a qualifier. */
export const numberFields = new Set(['amount', 'count', 'members', 'rank', 'number', 'capacity'])
