import type { Listed } from '../store/lists.ts'
import type { Listing } from '../store/listings.ts'

/** A listing as data, as lists show it. */
export const presentListed = (row: Pick<Listing, keyof Listing & keyof Listed>) => ({
  id: row.id,
  number: row.number,
  direction: row.direction,
  pillar: row.pillar,
  country: row.country,
  state: row.state,
  origin: row.origin,
  member: row.organization?.key ?? null,
  organization: row.entry?.key ?? null,
  original: row.original,
  title: row.title,
  concepts: row.concepts,
  valid_until: row.validUntil,
  published_at: row.publishedAt?.toISOString() ?? null,
})

/** A listing as data, with all that everybody who sees it may read; what is confidential is not among it. */
export const presentListing = (listing: Listing) => ({
  ...presentListed(listing),
  body: listing.body,
  sought: listing.sought,
  stage: listing.stage,
  ip: listing.ip,
  forms: listing.forms,
  partner_kinds: listing.partnerKinds,
  authorizations: listing.authorizations,
  countries_wanted: listing.countriesWanted,
  countries_excluded: listing.countriesExcluded,
  amount: listing.amount === null ? null : Number(listing.amount),
  unit: listing.unit,
  timing: listing.timing,
  sources: listing.sources,
  version: listing.version,
})
